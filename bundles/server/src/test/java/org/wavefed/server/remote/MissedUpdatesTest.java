// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

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
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.store.StoreException;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.WaveletUpdate;

class MissedUpdatesTest {
  private static final String HOST = "wave.host.example";
  private static final int LARGE = 1 << 20;

  private final List<WaveletUpdate> taken = new ArrayList<>();
  private final List<CompletableFuture<Void>> outcomes = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Queue<CompletableFuture<Void>> alarms = new ArrayDeque<>();
  private final MissedUpdates missed =
      new MissedUpdates(
          this::after,
          new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10), new Random(1)),
          Runnable::run);

  private CompletionStage<Void> take(WaveletUpdate update) {
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

  private void add(WaveletUpdate update) {
    missed.add(HOST, update, this::take);
  }

  private void end(int call, FailureReason reason) {
    outcomes.get(call).completeExceptionally(new FederationException(reason, "a failure"));
  }

  private static WaveletUpdate update(String wave, int bytes, long... committed) {
    WaveletName name = WaveletName.parseUri("wave://host.example/" + wave + "/conv+root");
    List<Bytes> deltas = bytes == 0 ? List.of() : List.of(Bytes.wrap(new byte[bytes]));
    Optional<HashedVersion> notice =
        committed.length == 0
            ? Optional.empty()
            : Optional.of(new HashedVersion(committed[0], Bytes.copyOf(new byte[20])));
    return new WaveletUpdate(name, deltas, notice);
  }

  @Test
  void newestDeltasAndHighestVersionShouldBeTakenOnceWhenManyUpdatesOfAWaveletWereMissed() {
    for (int i = 1; i <= 500; i++) {
      add(update("w+a", i, i));
    }
    add(update("w+a", 0, 700));
    add(update("w+a", 0, 600));
    assertThat(waits).hasSize(1);
    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    passTime();
    outcomes.get(0).complete(null);
    assertThat(taken).containsExactly(update("w+a", 500, 700));
    assertThat(alarms).isEmpty();
  }

  @Test
  void updatesOfASenderShouldBeTakenOneAtATime() {
    add(update("w+a", 1));
    add(update("w+b", 1));
    missed.add("wave.other.example", update("w+c", 1), this::take);
    passTime();
    passTime();
    passTime();
    assertThat(taken).containsExactly(update("w+a", 1), update("w+c", 1));
    end(0, FailureReason.TIMED_OUT);
    assertThat(taken).containsExactly(update("w+a", 1), update("w+c", 1), update("w+b", 1));
  }

  @Test
  void updateShouldBeGivenUpWhenItFailsForAboutADay() {
    add(update("w+a", 1));
    for (int i = 0; i < MissedUpdates.TRIES; i++) {
      passTime();
      end(i, FailureReason.REMOTE_SERVER_TIMEOUT);
    }
    assertThat(alarms).isEmpty();
    assertThat(taken).hasSize(MissedUpdates.TRIES);
    assertThat(waits.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofHours(20), Duration.ofHours(30));
    add(update("w+a", 1));
    assertThat(alarms).hasSize(1);
  }

  @Test
  void updateShouldNotBeTakenAgainWhenItIsRefusedForGood() {
    add(update("w+a", 1));
    passTime();
    end(0, FailureReason.NOT_AUTHORIZED);
    assertThat(alarms).isEmpty();
  }

  @Test
  void updateShouldBeTakenAgainWhenTheStoreFails() {
    add(update("w+a", 1));
    passTime();
    outcomes
        .get(0)
        .completeExceptionally(
            new StoreException(StoreException.Reason.UNAVAILABLE, "the disk is full", null));
    assertThat(alarms).hasSize(1);
  }

  @Test
  void newerUpdateShouldBeTakenNextWhenTheOneInHandFails() {
    add(update("w+a", 1));
    passTime();
    add(update("w+a", 2));
    end(0, FailureReason.OVERLOADED);
    passTime();
    assertThat(taken).containsExactly(update("w+a", 1), update("w+a", 2));
    assertThat(waits.get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void newerUpdateShouldBeTakenTooWhenTheOneInHandIsTakenOrRefusedForGood() {
    add(update("w+a", 1));
    passTime();
    add(update("w+a", 2));
    outcomes.get(0).complete(null);
    passTime();
    add(update("w+a", 3));
    end(1, FailureReason.NOT_AUTHORIZED);
    passTime();
    outcomes.get(2).complete(null);
    assertThat(taken).containsExactly(update("w+a", 1), update("w+a", 2), update("w+a", 3));
    assertThat(alarms).isEmpty();
  }

  @Test
  void oneSenderShouldNotTakeAllTheRoomWhenItSendsWithoutEnd() {
    for (int i = 0; i < 100; i++) {
      add(update("w+" + i, LARGE));
    }
    missed.add("wave.other.example", update("w+other", LARGE), this::take);
    takeAll();
    assertThat(taken).hasSize(4).contains(update("w+0", LARGE), update("w+other", LARGE));
    add(update("w+99", LARGE));
    takeAll();
    assertThat(taken).as("there is room again").hasSize(5).contains(update("w+99", LARGE));
  }

  private void takeAll() {
    while (!alarms.isEmpty()) {
      passTime();
      for (int i = 0; i < outcomes.size(); i++) {
        outcomes.get(i).complete(null);
      }
    }
  }

  @Test
  void nothingShouldBeTakenWhenTheServerStops() {
    add(update("w+a", 1));
    add(update("w+b", 1));
    passTime();
    missed.stop();
    end(0, FailureReason.INTERNAL_SERVER_ERROR);
    add(update("w+c", 1));
    takeAll();
    assertThat(taken).containsExactly(update("w+a", 1));
  }
}
