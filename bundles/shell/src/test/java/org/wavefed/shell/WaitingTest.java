// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.wavefed.wave.WaveException;

class WaitingTest {
  private final Output notes = new Output();
  private final Waiting waiting =
      new Waiting(notes.stream(), Duration.ofMillis(5), Duration.ofMillis(30));

  @Test
  void awaitShouldSayNothingWhenTheAnswerIsThere() throws Exception {
    assertThat(waiting.await(CompletableFuture.completedStage("yes"), "it")).isEqualTo("yes");
    assertThat(notes.text()).isEmpty();
  }

  @Test
  void awaitShouldNoteWhatItWaitsForAndGiveUpInTheEnd() {
    assertThatThrownBy(() -> waiting.await(new CompletableFuture<>(), "initech.example"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("gave up waiting for initech.example");
    assertThat(notes.lines()).singleElement().asString().contains("waiting for initech.example");
  }

  @Test
  void awaitShouldPassOnTheLineOfARefusal() {
    WaveException failure =
        new WaveException(WaveException.Reason.HOST_UNREACHABLE, "not accepted", null);
    assertThatThrownBy(
            () ->
                waiting.await(
                    CompletableFuture.failedStage(new CompletionException(failure)), "it"))
        .isInstanceOf(Refusal.class)
        .hasMessage("not accepted");
  }

  @Test
  void awaitShouldPointToTheLogWhenNobodyForesawTheFailure() {
    assertThatThrownBy(
            () ->
                waiting.await(
                    CompletableFuture.failedStage(new IllegalStateException("oops")), "it"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("internal error")
        .hasMessageContaining("log:display");
  }
}
