// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Part<String> part =
      new Part<>("part", new Deadlines(timer), () -> Duration.ofMinutes(1), Runnable::run);
  private final List<String> used = new ArrayList<>();

  @BeforeEach
  void begin() {
    part.set("first");
  }

  @AfterEach
  void end() {
    part.close();
    timer.shutdownNow();
  }

  @Test
  void workShouldBeDoneAgainWhenThePartWentMeanwhile() {
    CompletionStage<String> done = part.use(this::failAndGo);
    assertThat(done.toCompletableFuture()).isNotDone();
    part.set("second");
    assertThat(done.toCompletableFuture()).isCompletedWithValue("by second");
    assertThat(used).containsExactly("first", "second");
  }

  /** As a class that cannot be loaded any more. */
  private CompletionStage<String> failAndGo(String present) {
    used.add(present);
    if (present.equals("first")) {
      part.unset(present);
      throw new NoClassDefFoundError("of the first");
    }
    return CompletableFuture.completedStage("by " + present);
  }

  @Test
  void failureShouldStandWhenThePartIsStillThere() {
    CompletionStage<String> done =
        part.use(
            present -> {
              used.add(present);
              return CompletableFuture.failedStage(new IllegalStateException("no"));
            });
    assertThat(done.toCompletableFuture()).isCompletedExceptionally();
    assertThat(used).containsExactly("first");
  }

  @Test
  void failureShouldStandWhenOneAfterTheOtherGoes() {
    CompletionStage<String> done =
        part.use(
            present -> {
              used.add(present);
              part.set(present + "+");
              return CompletableFuture.failedStage(new IllegalStateException("no"));
            });
    assertThat(done.toCompletableFuture()).isCompletedExceptionally();
    assertThat(used).containsExactly("first", "first+", "first++", "first+++");
  }
}
