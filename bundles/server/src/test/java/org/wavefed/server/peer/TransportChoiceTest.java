// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.PeerTransports.Reason;
import org.wavefed.federation.PeerTransports.Use;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.Route;

class TransportChoiceTest {
  private static final Route ROUTE = new Route("a.example", "b.example");
  private static final List<String> BOTH = List.of("s2s", "component");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final TransportChoice choice = new TransportChoice(new ManualClock());

  private final class ManualClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private void expect(String kind, Reason reason) {
    Use use = choice.next(ROUTE, BOTH);
    assertThat(use.kind()).contains(kind);
    assertThat(use.reason()).isEqualTo(reason);
  }

  @Test
  void choiceShouldBeTheFirstByRankingWhenNothingIsKnown() {
    expect("s2s", Reason.FIRST);
    assertThat(choice.next(ROUTE, List.of()).reason()).isEqualTo(Reason.NONE);
  }

  @Test
  void choiceShouldBeTheOneThatThePeerCalledOver() {
    choice.called(ROUTE, "component");
    expect("component", Reason.HEARD);
    assertThat(choice.next(ROUTE, List.of("s2s")).kind()).contains("s2s");
    choice.called(ROUTE, "");
    expect("component", Reason.HEARD);
  }

  @Test
  void choiceShouldBeAnotherWhenThePeerCannotBeReached() {
    for (FailureReason reason :
        List.of(
            FailureReason.NO_SUCH_DOMAIN,
            FailureReason.NO_WAVE_SERVICE,
            FailureReason.REFUSED,
            FailureReason.NOT_CONNECTED)) {
      TransportChoice fresh = new TransportChoice(new ManualClock());
      fresh.answered(ROUTE, "s2s");
      fresh.failed(ROUTE, "s2s", reason);
      Use use = fresh.next(ROUTE, BOTH);
      assertThat(use.kind()).as(reason.name()).contains("component");
      assertThat(use.reason()).isEqualTo(Reason.OTHERS_FAILED);
      assertThat(use.failed()).containsExactly("s2s");
    }
  }

  @Test
  void choiceShouldStayWhenThePeerIsSlowOrRefusesWhatWasSaid() {
    choice.answered(ROUTE, "component");
    choice.failed(ROUTE, "component", FailureReason.TIMED_OUT);
    choice.failed(ROUTE, "component", FailureReason.OVERLOADED);
    choice.failed(ROUTE, "component", FailureReason.NOT_ACCEPTABLE);
    expect("component", Reason.HEARD);
  }

  @Test
  void choiceShouldGoRoundWhenEveryWayFails() {
    choice.failed(ROUTE, "s2s", FailureReason.REFUSED);
    choice.failed(ROUTE, "component", FailureReason.REFUSED);
    expect("s2s", Reason.OTHERS_FAILED);
    choice.failed(ROUTE, "s2s", FailureReason.REFUSED);
    expect("component", Reason.OTHERS_FAILED);
    choice.answered(ROUTE, "component");
    expect("component", Reason.HEARD);
  }

  /** Otherwise two servers that reach each other both ways would follow each other for ever. */
  @Test
  void choiceShouldNotFollowThePeersCallsWhileItsOwnWayAnswers() {
    choice.answered(ROUTE, "s2s");
    choice.called(ROUTE, "component");
    expect("s2s", Reason.HEARD);
    now = now.plus(TransportChoice.SETTLED);
    choice.called(ROUTE, "component");
    expect("component", Reason.HEARD);
  }

  @Test
  void choiceShouldFollowThePeersCallAtOnceWhenItsOwnWayFails() {
    choice.answered(ROUTE, "s2s");
    choice.failed(ROUTE, "s2s", FailureReason.REFUSED);
    choice.failed(ROUTE, "component", FailureReason.REFUSED);
    choice.called(ROUTE, "component");
    expect("component", Reason.HEARD);
  }

  @Test
  void choiceShouldBeThePinnedOneWhateverElseIsKnown() {
    choice.answered(ROUTE, "s2s");
    choice.pin(Map.of("b.example", "component"));
    choice.failed(ROUTE, "component", FailureReason.REFUSED);
    expect("component", Reason.PINNED);
    Use without = choice.next(ROUTE, List.of("s2s"));
    assertThat(without.kind()).isEqualTo(Optional.of("component"));
    assertThat(without.reason()).isEqualTo(Reason.NONE);
    choice.pin(Map.of());
    expect("s2s", Reason.HEARD);
  }

  @Test
  void memoryShouldBeBounded() {
    for (int i = 0; i <= PeerBook.MOST; i++) {
      choice.called(new Route("a.example", "b" + i + ".example"), "component");
    }
    assertThat(choice.routes()).hasSize(PeerBook.MOST);
    assertThat(choice.routes()).doesNotContain(new Route("a.example", "b0.example"));
  }
}
