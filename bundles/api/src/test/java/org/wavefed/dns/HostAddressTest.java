// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "fd00:0:0:0:0:0:0:0, fd00::",
  })
  void textShouldBeShortenedAsZonesHaveIt(String typed, String text) throws Exception {
    assertThat(HostAddress.text(InetAddress.getByName(typed))).isEqualTo(text);
  }

  @Test
  void textShouldLeaveOutTheScope() throws Exception {
    byte[] bytes = InetAddress.getByName("fd00::2").getAddress();
    assertThat(HostAddress.text(Inet6Address.getByAddress(null, bytes, 7))).isEqualTo("fd00::2");
  }

  @Test
  void portShouldFollowBracketsWhenTheAddressIsOfIpv6() throws Exception {
    assertThat(HostAddress.text(InetAddress.getByName("::1"), 5269)).isEqualTo("[::1]:5269");
    assertThat(HostAddress.text(InetAddress.getByName("192.0.2.1"), 53)).isEqualTo("192.0.2.1:53");
  }
}
