// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private long now;
  private final RefusalLog log = new RefusalLog(() -> now);

  private static InetSocketAddress from(String address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), 4711);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void addressShouldBeToldOfOnceAMinuteWithWhatWasHeldBack() {
    assertThat(log.line(from("192.0.2.1"), "no"))
        .contains("the connection from 192.0.2.1 is refused: no");
    assertThat(log.line(from("192.0.2.1"), "no")).isEmpty();
    now = RefusalLog.INTERVAL - 1;
    assertThat(log.line(from("192.0.2.1"), "no")).isEmpty();
    now = RefusalLog.INTERVAL;
    assertThat(log.line(from("192.0.2.1"), "no"))
        .contains("the connection from 192.0.2.1 is refused: no (and 2 more like it)");
  }

  @Test
  void lineShouldBeBoundedWhenAStrangerSaysMuch() {
    assertThat(log.line(from("192.0.2.1"), "x".repeat(65_536)).orElseThrow())
        .hasSizeLessThan(RefusalLog.REASON_MAX + 100)
        .endsWith("x...");
  }

  @Test
  void noisyAddressShouldNotSilenceOthers() {
    for (int i = 0; i < 100; i++) {
      log.line(from("192.0.2.1"), "no");
    }
    assertThat(log.line(from("192.0.2.2"), "never"))
        .contains("the connection from 192.0.2.2 is refused: never");
  }

  @Test
  void addressesOfOneIpv6NetworkShouldCountAsOne() {
    assertThat(log.line(from("2001:db8::1"), "no")).isPresent();
    assertThat(log.line(from("2001:db8::ffff:2"), "no")).isEmpty();
    assertThat(log.line(from("2001:db8:0:1::1"), "no")).isPresent();
  }

  @Test
  void linesShouldBeBoundedWhenManyAddressesAreRefused() {
    long told = 0;
    for (int i = 0; i < 3 * RefusalLog.NETWORKS_MAX; i++) {
      told += log.line(from("10.0." + i / 250 + "." + i % 250), "no").stream().count();
    }
    assertThat(told).isEqualTo(RefusalLog.LINES_MAX);
    now = RefusalLog.INTERVAL;
    assertThat(log.line(from("192.0.2.1"), "no").orElseThrow())
        .contains("and " + (3 * RefusalLog.NETWORKS_MAX - RefusalLog.LINES_MAX) + " more");
  }
}
