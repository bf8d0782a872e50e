// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.IOException;

/** How far a stranger gets with a server before he does something else than he should. */
enum Reached {
  CONNECTED {
    @Override
    void by(Stranger stranger) {}
  },
  HALF_A_HEADER {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.say(Stranger.header().substring(0, 70));
    }
  },
  FEATURES {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.open();
    }
  },
  TLS_BEGUN {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.proceed();
    }
  },
  HALF_A_HANDSHAKE {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.proceed().say(HALF_A_CLIENT_HELLO);
    }
  },
  ENCRYPTED {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.encrypt();
    }
  },
  ENCRYPTED_FEATURES {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.encrypt().open();
    }
  },
  HALF_AN_AUTHENTICATION {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.encrypt().open().say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mecha");
    }
  },
  AUTHENTICATED {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.authenticate();
    }
  },
  HALF_A_STANZA {
    @Override
    void by(Stranger stranger) throws IOException {
      stranger.authenticate().say(Stranger.ping("1").substring(0, 60));
    }
  };

  /** The beginning of a record of 512 bytes, which holds a ClientHello. */
  private static final byte[] HALF_A_CLIENT_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};

  /** Brings a stranger who has just connected so far. */
  abstract void by(Stranger stranger) throws IOException;

  boolean isInTheHandshake() {
    return this == TLS_BEGUN || this == HALF_A_HANDSHAKE;
  }
}
