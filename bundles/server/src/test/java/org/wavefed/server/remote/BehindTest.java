// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

class BehindTest {
  private static final String ACME = "acmewave.example";
  private static final WaveletName WAVE = WaveletName.parseUri("wave://host.example/w+1/conv+root");

  private final List<Long> asked = new ArrayList<>();
  private final List<CompletableFuture<Void>> answers = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Queue<CompletableFuture<Void>> alarms = new ArrayDeque<>();
  private final Behind behind =
      new Behind(
          this::catchUp,
          this::after,
          new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), new Random(1)),
          Runnable::run);

  private CompletionStage<Void> catchUp(String localDomain, WaveletName name, HashedVersion to) {
    asked.add(to.version());
    answers.add(new CompletableFuture<>());
    return answers.get(answers.size() - 1);
  }

  private CompletionStage<Void> after(Duration time) {
    waits.add(time);
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    alarms.add(alarm);
    return alarm;
  }

  private void passTime() {
    alarms.remove().complete(null);
  }

  private void fail(int question) {
    answers
        .get(question)
        .completeExceptionally(new FederationException(FailureReason.TIMED_OUT, "silent"));
  }

  private void add(long version) {
    behind.add(ACME, WAVE, new HashedVersion(version, Bytes.copyOf(new byte[20])));
  }

  @Test
  void versionShouldBeAskedForUntilItIsThere() {
    add(7);
    for (int i = 0; i < 3; i++) {
      passTime();
      fail(i);
    }
    passTime();
    answers.get(3).complete(null);
    assertThat(asked).containsExactly(7L, 7L, 7L, 7L);
    assertThat(alarms).isEmpty();
    assertThat(waits.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
  }

  @Test
  void questionsShouldEndWhenTheHostNeverAnswers() {
    add(7);
    for (int i = 0; i < Behind.TRIES; i++) {
      passTime();
      fail(i);
    }
    assertThat(alarms).isEmpty();
    add(8);
    assertThat(alarms).hasSize(1);
  }

  @Test
  void oneQuestionShouldBeUnderWayWhenMoreAndMoreIsWanted() {
    add(7);
    add(9);
    add(8);
    passTime();
    add(11);
    add(10);
    assertThat(alarms).isEmpty();
    answers.get(0).complete(null);
    passTime();
    answers.get(1).complete(null);
    assertThat(asked).containsExactly(9L, 11L);
    assertThat(alarms).isEmpty();
  }
}
