// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
  private final OpenConnections connections = new OpenConnections(5, 2);

  private boolean opened(String address) {
    return connections.opened(address(address));
  }

  private static InetAddress address(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void addressShouldHaveNoMoreThanItsShareUntilOneIsClosed() {
    assertThat(opened("192.0.2.1")).isTrue();
    assertThat(opened("192.0.2.1")).isTrue();
    assertThat(opened("192.0.2.1")).isFalse();
    assertThat(opened("192.0.2.2")).isTrue();
    connections.closed(address("192.0.2.1"));
    connections.closed(address("192.0.2.1"));
    assertThat(opened("192.0.2.1")).isTrue();
  }

  @Test
  void addressesOfOneIpv6NetworkShouldShareWhatOneMayHave() {
    assertThat(opened("2001:db8::1")).isTrue();
    assertThat(opened("2001:db8::ffff:2")).isTrue();
    assertThat(opened("2001:db8::3")).isFalse();
    assertThat(opened("2001:db8:0:1::1")).isTrue();
  }

  @Test
  void allShouldHaveNoMoreThanThereMayBe() {
    for (int i = 1; i <= 5; i++) {
      assertThat(opened("192.0.2." + i)).isTrue();
    }
    assertThat(opened("192.0.2.6")).isFalse();
  }
}
