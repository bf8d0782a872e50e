// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.s2s.establish.ManualTimers;

/** Trying until an address is free: without sockets and clocks. */
class ListeningPointTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5269);

  private final ManualTimers timers = new ManualTimers();
  private final Deque<CompletableFuture<InetSocketAddress>> answers = new ArrayDeque<>();
  private int tries;
  private int changes;
  private final ListeningPoint point =
      new ListeningPoint("listen", HERE, this::bind, timers, () -> changes++);

  private CompletableFuture<InetSocketAddress> bind() {
    tries++;
    return answers.isEmpty()
        ? CompletableFuture.failedFuture(new BindException("Address already in use"))
        : answers.remove();
  }

  @Test
  void pointShouldListenAtOnceWhenTheAddressIsFree() {
    answers.add(CompletableFuture.completedFuture(HERE));
    point.open().join();
    assertThat(point.bound()).contains(HERE);
    assertThat(point.trouble()).isEmpty();
    timers.pass(Duration.ofHours(1));
    assertThat(tries).isEqualTo(1);
    assertThat(changes).isZero();
  }

  @Test
  void pointShouldTryAgainAfterLongerAndLongerWhilesWhenTheAddressIsTaken() {
    point.open().join();
    assertThat(point.trouble())
        .contains("cannot listen on 127.0.0.1:5269 (Address already in use)");
    assertThat(point.bound()).isEmpty();
    timers.pass(Duration.ofSeconds(1 + 2 + 4 + 8 + 16 + 32 + 60 + 60));
    assertThat(tries).isEqualTo(9);
    assertThat(changes).as("told of the same trouble once").isEqualTo(1);
  }

  @Test
  void pointShouldTellWhenTheAddressBecameFree() {
    point.open().join();
    answers.add(CompletableFuture.completedFuture(HERE));
    timers.pass(ListeningPoint.FIRST_WAIT);
    assertThat(point.bound()).contains(HERE);
    assertThat(point.trouble()).isEmpty();
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void pointShouldTryNoMoreWhenItIsClosed() {
    point.open().join();
    point.close();
    timers.pass(Duration.ofHours(1));
    assertThat(tries).isEqualTo(1);
  }
}
