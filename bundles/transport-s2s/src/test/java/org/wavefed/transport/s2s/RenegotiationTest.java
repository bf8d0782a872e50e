// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TLS 1.2 lets a client ask for a new handshake at any time, which costs the server the most. */
class RenegotiationTest {
  private final BesideAGoodPair pair =
      new BesideAGoodPair(S2sSettings.Limits.DEFAULT, S2sSettings.Deadlines.DEFAULT);

  @AfterEach
  void close() throws Exception {
    pair.close();
  }

  @Test
  void renegotiationShouldEndTheConnection() throws IOException {
    for (Reached reached : new Reached[] {Reached.ENCRYPTED, Reached.AUTHENTICATED}) {
      Stranger stranger = pair.stranger();
      if (reached == Reached.ENCRYPTED) {
        stranger.encrypt("TLSv1.2");
      } else {
        stranger.authenticate("TLSv1.2");
      }
      SSLSocket tls = stranger.tls();
      assertThat(tls.getSession().getProtocol()).isEqualTo("TLSv1.2");
      assertThatThrownBy(
              () -> {
                tls.startHandshake();
                stranger.hear("never");
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      pair.isToldOf(stranger, "TLS failed: ");
    }
  }
}
