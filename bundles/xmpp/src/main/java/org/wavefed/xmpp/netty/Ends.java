// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.timeout.WriteTimeoutException;
import javax.net.ssl.SSLException;
import org.wavefed.xmpp.stream.StreamFailure;

/** Why a connection ended, in the words of its operator. */
final class Ends {
  private Ends() {}

  static StreamFailure failure(Throwable cause) {
    if (cause instanceof WriteTimeoutException) {
      return new StreamFailure(
          StreamFailure.Kind.TIMED_OUT, "the other side did not take what was sent to it in time");
    }
    if (cause.getCause() instanceof SSLException fault) {
      return tlsFailure(fault);
    }
    boolean broken = cause instanceof StrangerGuard.TooMuchException;
    return new StreamFailure(
        broken ? StreamFailure.Kind.PROTOCOL : StreamFailure.Kind.CLOSED, text(cause));
  }

  static StreamFailure tlsFailure(Throwable cause) {
    return new StreamFailure(StreamFailure.Kind.PROTOCOL, "TLS failed: " + tlsText(cause));
  }

  /** Not Netty's words, which show all that came. */
  private static String tlsText(Throwable cause) {
    return cause instanceof NotSslRecordException ? "what came is not TLS" : text(cause);
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
