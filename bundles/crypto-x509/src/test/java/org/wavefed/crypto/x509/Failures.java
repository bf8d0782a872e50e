// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Waits for stages of which a test wants to know how they end. */
final class Failures {
  private Failures() {}

  /** What the stage failed with, empty if it did not. */
  static Optional<Throwable> of(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().copy().orTimeout(10, TimeUnit.SECONDS).join();
      return Optional.empty();
    } catch (CompletionException e) {
      Throwable cause = e;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(cause);
    }
  }
}
