// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.dns.DnsException;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.store.StoreException;
import org.wavefed.transport.FederationException;
import org.wavefed.wave.WaveException;

/** Turns what services throw into refusals. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** The refusal to show; what nobody foresaw is logged with its trace. */
  static Refusal refusal(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (isForPeople(cause)) {
      return new Refusal(String.valueOf(cause.getMessage()), cause);
    }
    LOG.error("A command failed in a way that nobody foresaw", cause);
    return new Refusal("internal error: " + cause + " (log:display has the details)", cause);
  }

  /** Messages of these are written as one line for people. */
  private static boolean isForPeople(Throwable cause) {
    return cause instanceof WaveException
        || cause instanceof CryptoException
        || cause instanceof StoreException
        || cause instanceof DnsException
        || cause instanceof FederationException
        || cause instanceof InvalidIdException;
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
