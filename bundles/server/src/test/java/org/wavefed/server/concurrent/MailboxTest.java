// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What goes on when something throws; the pool is a queue that the test empties. */
class MailboxTest {
  private final Queue<Runnable> pool = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  private void runAll() {
    for (Runnable next = pool.poll(); next != null; next = pool.poll()) {
      try {
        next.run();
      } catch (Error lost) {
        // A pool loses the thread and goes on with another.
        done.add("lost a thread");
      }
    }
  }

  @Test
  void nextTaskShouldRunWhenOneEndsWithAnError() {
    Mailbox mailbox = new Mailbox(pool::add, 10);
    mailbox.offer(
        () -> {
          throw new NoClassDefFoundError("while a bundle is swapped");
        });
    mailbox.offer(() -> done.add("next"));
    runAll();
    assertThat(done).containsExactly("next");
  }

  @Test
  void nextTurnShouldBeginWhenOneEndsWithAnError() {
    Turns turns = new Turns(pool::add, 10);
    Optional<CompletionStage<String>> first =
        turns.take(
            () -> {
              throw new StackOverflowError();
            });
    turns.take(
        () -> {
          done.add("next");
          return CompletableFuture.completedStage("");
        });
    runAll();
    assertThat(done).containsExactly("next");
    assertThat(first.orElseThrow().toCompletableFuture()).isCompletedExceptionally();
  }
}
