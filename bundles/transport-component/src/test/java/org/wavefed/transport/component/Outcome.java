// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.wavefed.transport.FederationException;

/** What came of a call. */
final class Outcome {
  private Outcome() {}

  /** The answer, which must come within half a minute. */
  static <T> T of(CompletionStage<T> call) {
    try {
      return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call failed: " + e, e);
    }
  }

  /** The failure, which must come within half a minute. */
  static FederationException failure(CompletionStage<?> call) {
    Throwable thrown = catchThrowable(() -> call.toCompletableFuture().get(30, TimeUnit.SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).isInstanceOf(FederationException.class);
    return (FederationException) thrown.getCause();
  }

  /** Waits until something is so; asks every 20 ms, for half a minute at most. */
  static void await(BooleanSupplier condition) {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not in time").isLessThan(end);
      try {
        assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
