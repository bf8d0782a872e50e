// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Peer;
import org.wavefed.transport.WaveletUpdate;

class MissedUpdatesTest {
  private final Peer host = InProcessNetwork.peer("host.example", "acmewave.example");
  private final Peer other = InProcessNetwork.peer("other.example", "acmewave.example");
  private final List<WaveletUpdate> taken = new ArrayList<>();
  private final List<CompletableFuture<Void>> outcomes = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Queue<CompletableFuture<Void>> alarms = new ArrayDeque<>();
  private final MissedUpdates missed =
      new MissedUpdates(
          this::take,
          this::after,
          new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1), new Random(1)),
          Runnable::run);

  private CompletionStage<Void> take(Peer peer, WaveletUpdate update) {
    taken.add(update);
    outcomes.add(new CompletableFuture<>());
    return outcomes.get(outcomes.size() - 1);
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

  private void end(int call, FailureReason reason) {
    outcomes.get(call).completeExceptionally(new FederationException(reason, "a failure"));
  }

  private static WaveletUpdate update(String wave, int bytes) {
    WaveletName name = WaveletName.parseUri("wave://host.example/" + wave + "/conv+root");
    List<Bytes> deltas = bytes == 0 ? List.of() : List.of(Bytes.wrap(new byte[bytes]));
    return new WaveletUpdate(name, deltas, Optional.empty());
  }

  @Test
  void newestUpdateShouldBeTakenOnceWhenManyOfAWaveletWereMissed() {
    for (int i = 1; i <= 500; i++) {
      missed.add(host, update("w+a", i));
    }
    missed.add(host, update("w+a", 0));
    assertThat(waits).hasSize(1);
    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    passTime();
    assertThat(taken).containsExactly(update("w+a", 500));
    outcomes.get(0).complete(null);
    passTime();
    assertThat(taken).hasSize(1);
    assertThat(alarms).isEmpty();
  }

  @Test
  void updatesOfAPeerShouldBeTakenOneAtATime() {
    missed.add(host, update("w+a", 1));
    missed.add(host, update("w+b", 1));
    passTime();
    assertThat(taken).containsExactly(update("w+a", 1));
    assertThat(alarms).isEmpty();
    outcomes.get(0).complete(null);
    passTime();
    assertThat(taken).containsExactly(update("w+a", 1), update("w+b", 1));
  }

  @Test
  void updateShouldBeGivenUpWhenItFailsAgainAndAgain() {
    missed.add(host, update("w+a", 1));
    for (int i = 0; i < MissedUpdates.TRIES; i++) {
      passTime();
      end(i, FailureReason.REMOTE_SERVER_TIMEOUT);
    }
    passTime();
    assertThat(alarms).isEmpty();
    assertThat(taken).hasSize(MissedUpdates.TRIES);
    assertThat(waits.get(MissedUpdates.TRIES - 1)).isGreaterThan(Duration.ofSeconds(20));
  }

  @Test
  void updateShouldNotBeTakenAgainWhenItIsRefusedForGood() {
    FederationException refusal = new FederationException(FailureReason.ITEM_NOT_FOUND, "no");
    missed.addIfNoRoom(host, update("w+a", 1), refusal);
    missed.addIfNoRoom(host, update("w+a", 1), null);
    assertThat(alarms).isEmpty();
    missed.add(host, update("w+a", 1));
    passTime();
    end(0, FailureReason.NOT_AUTHORIZED);
    passTime();
    assertThat(taken).hasSize(1);
    assertThat(alarms).isEmpty();
  }

  @Test
  void newerUpdateShouldBeTakenNextWhenTheOneInHandFails() {
    missed.add(host, update("w+a", 1));
    passTime();
    missed.add(host, update("w+a", 2));
    end(0, FailureReason.OVERLOADED);
    passTime();
    assertThat(taken).containsExactly(update("w+a", 1), update("w+a", 2));
  }

  @Test
  void onePeerShouldNotTakeAllTheRoomWhenItSendsWithoutEnd() {
    int large = 1 << 20;
    for (int i = 0; i < 100; i++) {
      missed.add(host, update("w+" + i, large));
    }
    missed.add(other, update("w+other", large));
    while (!alarms.isEmpty()) {
      passTime();
      outcomes.forEach(outcome -> outcome.complete(null));
    }
    assertThat(taken).hasSize(4).contains(update("w+0", large), update("w+other", large));
  }
}
