// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.concurrent.CompletionException;
import org.jxmpp.jid.Jid;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.stanza.Payload;

/** What a failed stage means. */
final class Failures {
  private Failures() {}

  /** The federation exception itself, or an internal error. */
  static FederationException of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof FederationException known
        ? known
        : new FederationException(
            FailureReason.INTERNAL_SERVER_ERROR, "internal error, see the server's log", cause);
  }

  /** Whether it says nothing about the peer: we could not even ask. */
  static boolean isOurs(FederationException failure) {
    return failure.reason() == FailureReason.NOT_CONNECTED
        || failure.reason() == FailureReason.OVERLOADED;
  }

  /** The peer's error. */
  static FederationException of(Jid peer, Payload.Failure refusal) {
    return new FederationException(refusal.reason(), peer + ": " + refusal.text());
  }
}
