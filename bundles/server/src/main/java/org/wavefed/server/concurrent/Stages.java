// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the JDK's completion stages leave out. */
public final class Stages {
  private Stages() {}

  /** The failure itself, without what stages wrap around it. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Completes a future as {@link CompletionStage#whenComplete} was told. */
  public static <T> void complete(
      CompletableFuture<T> future, @Nullable T value, @Nullable Throwable failure) {
    if (failure != null) {
      future.completeExceptionally(cause(failure));
    } else {
      future.complete(value);
    }
  }

  /** Tries something else when a stage fails; what that throws is the failure. */
  public static <T> CompletionStage<T> recover(
      CompletionStage<T> stage, Function<Throwable, ? extends CompletionStage<T>> rescue) {
    return stage
        .handle(
            (value, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(value)
                    : (CompletionStage<T>) rescue.apply(cause(failure)))
        .thenCompose(Function.identity());
  }

  /** Completes when all have, with the first failure in their order if there is one. */
  public static CompletionStage<Void> all(List<? extends CompletionStage<?>> stages) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (CompletionStage<?> stage : stages) {
      all = all.thenCombine(stage, (nothing, value) -> nothing);
    }
    return all;
  }
}
