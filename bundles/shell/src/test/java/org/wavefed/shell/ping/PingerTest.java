// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Answered;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.ping.PingService;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;
import org.wavefed.transport.FailureReason;

class PingerTest implements PingService, Pinger.Clock {
  private final Output output = new Output();
  private final Deque<PingResult> results = new ArrayDeque<>();
  private long now;
  private boolean interrupted;
  private boolean gone;

  @Override
  public CompletionStage<PingResult> ping(String from, String domain, Duration timeout) {
    PingResult result = results.removeFirst();
    now += (result instanceof Answered answer ? answer.roundTrip() : timeout).toNanos();
    return CompletableFuture.completedStage(result);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (interrupted) {
      throw new InterruptedException();
    }
    now += duration.toNanos();
  }

  @Test
  void pingShouldPrintALineForEachAnswerAndASummary() {
    results.addAll(List.of(answer(2, 15), answer(4, 0), failure(FailureReason.TIMED_OUT, "")));
    run(3, 0);
    assertThat(output.lines())
        .containsExactly(
            "wave ping initech.example",
            "answer from wave.initech.example (component): seq=1 time=2.000 ms"
                + " (found in 15.000 ms)",
            "answer from wave.initech.example (component): seq=2 time=4.000 ms",
            "no answer: seq=3 timed out",
            "",
            "--- wave ping statistics of initech.example ---",
            "3 sent, 2 answered, 33% loss, time 7000 ms, 1 timed out",
            "round trip min/avg/max/mdev = 2.000/3.000/4.000/1.000 ms");
  }

  @Test
  void pingShouldFailWithTheReasonWhenNothingAnswered() {
    results.add(failure(FailureReason.NO_WAVE_SERVICE, "initech.example offers no wave service"));
    assertThatThrownBy(() -> run(1, 0))
        .isInstanceOf(Refusal.class)
        .hasMessage("nothing answered for initech.example: no wave service found");
    assertThat(output.text())
        .contains("initech.example offers no wave service", "1 sent, 0 answered, 100% loss");
  }

  @Test
  void pingShouldEndWithTheSummaryWhenInterrupted() {
    results.addAll(List.of(answer(1, 0), answer(1, 0)));
    interrupted = true;
    run(0, 0);
    assertThat(output.text()).contains("1 sent, 1 answered, 0% loss");
  }

  @Test
  void pingShouldEndWhenNobodyReadsAnyMore() {
    results.addAll(List.of(answer(1, 0), answer(1, 0)));
    gone = true;
    run(0, 0);
    assertThat(results).hasSize(1);
  }

  @Test
  void pingShouldEndAtTheDeadline() {
    for (int i = 0; i < 10; i++) {
      results.add(answer(1, 0));
    }
    run(0, 3);
    assertThat(output.text()).contains("3 sent, 3 answered");
  }

  @Test
  void placeShouldNotBeSaidTwiceWhenTheMessageBeginsWithIt() {
    assertThat(
            PingLines.line(
                1, failure(FailureReason.NO_SUCH_DOMAIN, "no such domain: nobody.example")))
        .isEqualTo("no answer: seq=1 no such domain: nobody.example");
  }

  @Test
  void addressShouldNotReachTheTerminalWithControlCharacters() {
    PingResult evil =
        new Answered("wave\u001B[2J", "component", Duration.ZERO, Duration.ofMillis(1));
    assertThat(PingLines.line(1, evil)).doesNotContain("\u001B");
  }

  private void run(int count, int deadline) {
    Pinger.Plan plan =
        new Pinger.Plan(
            "",
            "initech.example",
            count,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(deadline));
    new Pinger(this, plan, output.stream(), () -> gone, this).run();
  }

  private static Answered answer(int millis, int discovery) {
    return new Answered(
        "wave.initech.example",
        "component",
        Duration.ofMillis(discovery),
        Duration.ofMillis(millis));
  }

  private static Failed failure(FailureReason reason, String message) {
    return new Failed(reason, message, Duration.ZERO);
  }
}
