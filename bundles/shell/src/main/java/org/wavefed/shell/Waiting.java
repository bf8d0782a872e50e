// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for answers on behalf of a person: a note after a second, an end after a bounded time, and
 * an interrupt (Ctrl-C) at any time.
 *
 * @param notes where the note goes
 * @param noteAfter how long to wait silently
 * @param limit how long to wait in all
 */
public record Waiting(PrintStream notes, Duration noteAfter, Duration limit) {
  /** A note after a second; an end after a minute, by when the server has given up by itself. */
  public static Waiting patiently(PrintStream notes) {
    return new Waiting(notes, Duration.ofSeconds(1), Duration.ofSeconds(60));
  }

  /** The same with another end. */
  public Waiting atMost(Duration longest) {
    return new Waiting(notes, noteAfter, longest);
  }

  /**
   * The answer.
   *
   * @param what what is waited for, as in "waiting for ..."
   * @throws Refusal if it fails or does not come in time
   */
  public <T> T await(CompletionStage<T> stage, String what) throws InterruptedException {
    CompletableFuture<T> answer = stage.toCompletableFuture();
    try {
      try {
        return answer.get(noteAfter.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        notes.println("waiting for " + what + " (Ctrl-C stops waiting)");
        notes.flush();
        return answer.get(limit.minus(noteAfter).toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      throw new Refusal(
          "gave up waiting for " + what + " after " + limit.toSeconds() + " s: try again", e);
    } catch (ExecutionException e) {
      throw Failures.refusal(e);
    }
  }
}
