// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.DeliveryQueue.Waiting;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.DeliveryCursor;

class DeliveryScheduleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PEER = "initech.example";
  private static final WaveletName WAVE = wave(1);

  private final DeliverySchedule schedule =
      new DeliverySchedule(3, new Random(1), domain -> Standing.UP);

  private static WaveletName wave(int number) {
    return WaveletName.parseUri("wave://acmewave.example/w+" + number + "/conv+root");
  }

  private void track(WaveletName wave, long cursor, long target) {
    schedule.track(new DeliveryCursor(PEER, wave, cursor), target);
  }

  private Delivery only(Instant now) {
    List<Delivery> due = schedule.due(now);
    assertThat(due).hasSize(1);
    return due.get(0);
  }

  @Test
  void deliveryShouldStartAtTheCursorAndOnlyOnceAtATime() {
    track(WAVE, 4, 9);
    assertThat(only(START)).isEqualTo(new Delivery(PEER, WAVE, 4, false));
    assertThat(schedule.due(START)).isEmpty();
    schedule.headMoved(WAVE, 12);
    assertThat(schedule.due(START)).isEmpty();
  }

  @Test
  void nextPartShouldBeDueAtOnceWhenOneIsAcknowledged() {
    track(WAVE, 4, 9);
    assertThat(schedule.acknowledged(only(START), 7)).isTrue();
    Delivery rest = only(START);
    assertThat(rest.from()).isEqualTo(7);
    schedule.acknowledged(rest, 9);
    assertThat(schedule.due(START)).isEmpty();
    assertThat(schedule.waiting("", 10)).isEmpty();
    schedule.headMoved(WAVE, 10);
    assertThat(only(START).from()).isEqualTo(9);
  }

  @Test
  void peerShouldHaveABoundedNumberInFlight() {
    for (int i = 0; i < 10; i++) {
      track(wave(i), 0, 1);
    }
    List<Delivery> due = schedule.due(START);
    assertThat(due).hasSize(3);
    schedule.acknowledged(due.get(0), 1);
    assertThat(schedule.due(START)).hasSize(1);
    assertThat(schedule.waitingFor(PEER)).isEqualTo(9);
  }

  @Test
  void peersThatDoNotAnswerShouldHaveFewPlacesTogetherBehindThoseThatDo() {
    DeliverySchedule crowded =
        new DeliverySchedule(3, new Random(1), DeliveryScheduleTest::standing);
    for (int i = 0; i < 1_000; i++) {
      crowded.track(new DeliveryCursor("stranger" + i, WAVE, 0), 1);
      crowded.track(new DeliveryCursor("down" + i, WAVE, 0), 1);
    }
    crowded.track(new DeliveryCursor(PEER, WAVE, 0), 1);
    List<Delivery> due = crowded.due(START);
    assertThat(due).hasSize(1 + Standing.DOWN.mostInFlight + Standing.STRANGER.mostInFlight);
    assertThat(due.get(0).peer()).isEqualTo(PEER);
    assertThat(crowded.nextDue()).isEmpty();
    Delivery failed = due.get(due.size() - 1);
    crowded.unreachable(failed, START);
    List<Delivery> next = crowded.due(START);
    assertThat(next).hasSize(1);
    assertThat(next.get(0).peer()).startsWith("stranger").isNotEqualTo(failed.peer());
  }

  @Test
  void everyStrangerShouldGetItsTurnWhenOthersFail() {
    DeliverySchedule crowded = new DeliverySchedule(3, new Random(1), peer -> Standing.STRANGER);
    Set<String> tried = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      crowded.track(new DeliveryCursor("stranger" + i, WAVE, 0), 1);
    }
    for (int i = 0; i < 20; i++) {
      for (Delivery delivery : crowded.due(START)) {
        tried.add(delivery.peer());
        crowded.unreachable(delivery, START);
      }
    }
    assertThat(tried).hasSize(100);
  }

  @Test
  void keystrokeShouldCostTheSameHoweverManyOthersWait() {
    AtomicInteger asked = new AtomicInteger();
    DeliverySchedule crowded =
        new DeliverySchedule(
            3,
            new Random(1),
            peer -> {
              asked.incrementAndGet();
              return standing(peer);
            });
    for (int i = 0; i < 5_000; i++) {
      crowded.track(new DeliveryCursor("stranger" + i, wave(1), 0), 1);
    }
    crowded.due(START);
    crowded.track(new DeliveryCursor(PEER, wave(2), 0), 0);
    asked.set(0);
    crowded.headMoved(wave(2), 1);
    crowded.acknowledged(crowded.due(START).get(0), 1);
    assertThat(asked.get()).as("peers that were looked at").isLessThan(10);
  }

  private static Standing standing(String peer) {
    return peer.startsWith("stranger")
        ? Standing.STRANGER
        : peer.startsWith("down") ? Standing.DOWN : Standing.UP;
  }

  @Test
  void busyWaveletShouldNotKeepOthersWaiting() {
    DeliverySchedule one = new DeliverySchedule(1, new Random(1), domain -> Standing.UP);
    one.track(new DeliveryCursor(PEER, wave(1), 0), 100);
    one.track(new DeliveryCursor(PEER, wave(2), 0), 100);
    Delivery first = one.due(START).get(0);
    one.acknowledged(first, 10);
    assertThat(one.due(START).get(0).wavelet()).isNotEqualTo(first.wavelet());
  }

  @Test
  void unreachablePeerShouldCostOneTryInAGrowingIntervalWhateverWaits() {
    for (int i = 0; i < 100; i++) {
      track(wave(i), 0, 1);
    }
    Instant now = START;
    schedule.due(now).forEach(delivery -> schedule.unreachable(delivery, START));
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Instant next = schedule.nextDue().orElseThrow();
      assertThat(schedule.due(next.minusMillis(1))).isEmpty();
      pauses.add(Duration.between(now, next));
      now = next;
      schedule.unreachable(only(now), now);
    }
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(pauses.get(4)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
    assertThat(pauses.get(11)).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(300));
  }

  @Test
  void peerThatIsHeardShouldBeTriedWithOneUpdateFirstAndNeverInATightLoop() {
    for (int i = 0; i < 10; i++) {
      track(wave(i), 0, 1);
    }
    schedule.due(START).forEach(delivery -> schedule.unreachable(delivery, START));
    schedule.heard(PEER, START);
    assertThat(schedule.due(START.plusMillis(100))).isEmpty();
    Instant later = START.plusMillis(300);
    schedule.heard(PEER, later);
    Delivery probe = only(later);
    schedule.acknowledged(probe, 1);
    assertThat(schedule.due(later)).hasSize(3);
  }

  @Test
  void refusedDeliveryShouldWaitAloneWhateverThePeerSays() {
    track(wave(1), 0, 1);
    track(wave(2), 0, 1);
    for (Delivery delivery : schedule.due(START)) {
      if (delivery.wavelet().equals(wave(1))) {
        schedule.refused(delivery, START);
      } else {
        schedule.acknowledged(delivery, 1);
      }
    }
    schedule.heard(PEER, START);
    assertThat(schedule.due(START.plusMillis(400))).isEmpty();
    schedule.tryNow(PEER);
    assertThat(only(START.plusMillis(400)).wavelet()).isEqualTo(wave(1));
  }

  @Test
  void failedDeliveryShouldGoSoonWhenThePeerSpeaksOfItsWavelet() {
    track(WAVE, 0, 1);
    Instant now = failedOften();
    assertThat(schedule.heardOf(PEER, wave(2), now)).isFalse();
    assertThat(schedule.heardOf(PEER, WAVE, now)).isTrue();
    assertThat(schedule.heardOf(PEER, WAVE, now.plusMillis(100))).as("sooner again").isFalse();
    assertThat(schedule.due(now.plusMillis(199))).isEmpty();
    assertThat(only(now.plusMillis(200)).wavelet()).isEqualTo(WAVE);
    assertThat(schedule.heardOf(PEER, WAVE, now.plusMillis(200))).as("in flight").isFalse();
  }

  @Test
  void failedDeliveryShouldGoWithTheRestWhenThePeerIsBack() {
    track(WAVE, 0, 1);
    Instant now = failedOften();
    track(wave(2), 0, 1);
    schedule.unreachable(only(now), now);
    Instant back = now.plusMillis(1_000);
    Delivery probe = only(back);
    schedule.acknowledged(probe, 1);
    assertThat(only(back).wavelet()).isEqualTo(WAVE);
  }

  /** The only delivery is refused until it waits for minutes; returns when. */
  private Instant failedOften() {
    Instant now = START;
    for (int i = 0; i < 10; i++) {
      now = now.plus(Duration.ofMinutes(5));
      schedule.refused(only(now), now);
    }
    Instant later = now.plus(Duration.ofMinutes(1));
    assertThat(schedule.due(later)).isEmpty();
    return later;
  }

  @Test
  void livingPeerThatAcknowledgesNothingShouldBeSentWhatIsNewerThenAskedByANotice() {
    track(WAVE, 0, 10);
    Instant now = START;
    for (int i = 0; i < Line.RESENDS; i++) {
      Delivery delivery = only(now);
      assertThat(delivery).isEqualTo(new Delivery(PEER, WAVE, 0, false));
      schedule.silent(delivery, 6, now);
      now = now.plusSeconds(60);
    }
    Delivery newer = only(now);
    assertThat(newer).isEqualTo(new Delivery(PEER, WAVE, 6, false));
    schedule.silent(newer, 10, now);
    now = now.plusSeconds(60);
    Delivery notice = only(now);
    assertThat(notice).isEqualTo(new Delivery(PEER, WAVE, 10, true));
  }

  /** Takes what is due until that is a notice; the peer is silent about all before it. */
  private Delivery notice() {
    for (int i = 0; i < 10; i++) {
      Instant now = schedule.nextDue().orElseThrow();
      Delivery delivery = only(now);
      if (delivery.noticeOnly()) {
        return delivery;
      }
      schedule.silent(delivery, 10, now);
    }
    throw new AssertionError("no notice in 10 deliveries");
  }

  @Test
  void deltasShouldBeSentAgainMuchLaterWhenOnlyTheNoticeIsAcknowledged() {
    track(WAVE, 4, 10);
    assertThat(schedule.doubted(notice(), 10, START)).isEqualTo(1);
    assertThat(schedule.waiting("", 10)).containsExactly(new Waiting(PEER, WAVE, 4, 10));
    Instant later = schedule.nextDue().orElseThrow();
    assertThat(later).isBetween(START.plusSeconds(150), START.plusSeconds(300));
    Delivery again = only(later);
    assertThat(again).isEqualTo(new Delivery(PEER, WAVE, 4, false));
    schedule.acknowledged(again, 10);
    assertThat(schedule.waiting("", 10)).isEmpty();
  }

  @Test
  void peerThatAcknowledgesOnlyNoticesShouldBeBelievedAfterManyHours() {
    track(WAVE, 4, 10);
    Instant now = START;
    for (int doubts = 1; doubts <= Line.DOUBTS; doubts++) {
      assertThat(schedule.doubted(notice(), 10, now)).isEqualTo(doubts);
      now = schedule.nextDue().orElseThrow();
    }
    assertThat(now).isBetween(START.plus(Duration.ofHours(6)), START.plus(Duration.ofHours(14)));
    Delivery last = notice();
    assertThat(schedule.doubted(last, 10, now)).isZero();
    assertThat(schedule.acknowledged(last, 10)).isTrue();
    assertThat(schedule.waiting("", 10)).isEmpty();
  }

  @Test
  void newDeltaShouldGoAtOnceAndAloneWhenThePeerIsInDoubt() {
    track(WAVE, 4, 10);
    schedule.doubted(notice(), 10, START);
    schedule.headMoved(WAVE, 11);
    Delivery news = only(START);
    assertThat(news).isEqualTo(new Delivery(PEER, WAVE, 10, false));
    assertThat(schedule.acknowledged(news, 11)).isTrue();
    assertThat(schedule.waiting("", 10)).isEmpty();
    assertThat(schedule.nextDue()).isEmpty();
  }

  @Test
  void livingPeerThatIsSilentToTheNoticeTooShouldGetTheDeltasAgain() {
    track(WAVE, 0, 10);
    Instant now = START;
    for (int i = 0; i <= Line.RESENDS; i++) {
      schedule.silent(only(now), 10, now);
      now = now.plusSeconds(600);
    }
    assertThat(only(now)).isEqualTo(new Delivery(PEER, WAVE, 0, false));
  }

  @Test
  void deltasShouldGoAgainWhenALivingPeerRefusesTheNotice() {
    track(WAVE, 4, 10);
    schedule.refused(notice(), START);
    assertThat(only(START.plusSeconds(600))).isEqualTo(new Delivery(PEER, WAVE, 4, false));
  }

  @Test
  void allDeltasShouldGoAgainWhenAPeerThatWasSilentRefusesTheNewest() {
    track(WAVE, 4, 10);
    Instant now = START;
    for (int i = 0; i < Line.RESENDS; i++) {
      schedule.silent(only(now), 10, now);
      now = now.plusSeconds(600);
    }
    schedule.headMoved(WAVE, 11);
    Delivery newest = only(now);
    assertThat(newest).isEqualTo(new Delivery(PEER, WAVE, 10, false));
    schedule.refused(newest, now);
    assertThat(only(now.plusSeconds(600))).isEqualTo(new Delivery(PEER, WAVE, 4, false));
  }

  @Test
  void forgottenLineShouldFreeItsPlaceEvenInFlight() {
    for (int i = 0; i < 5; i++) {
      track(wave(i), 0, 1);
    }
    List<Delivery> due = schedule.due(START);
    schedule.forget(PEER, due.get(0).wavelet());
    assertThat(schedule.acknowledged(due.get(0), 1)).isFalse();
    assertThat(schedule.due(START)).hasSize(1);
  }

  @Test
  void knownCursorShouldStayWhereItIsWhenItIsTrackedAgain() {
    track(WAVE, 4, 9);
    track(WAVE, 7, 12);
    assertThat(schedule.waiting(PEER, 10)).containsExactly(new Waiting(PEER, WAVE, 4, 12));
  }
}
