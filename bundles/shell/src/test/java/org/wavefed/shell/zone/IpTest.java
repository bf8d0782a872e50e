// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpTest {
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
    assertThat(Ip.text(InetAddress.getByName(typed))).isEqualTo(text);
  }

  @Test
  void textShouldLeaveOutTheScope() throws Exception {
    byte[] bytes = InetAddress.getByName("fd00::2").getAddress();
    assertThat(Ip.text(Inet6Address.getByAddress(null, bytes, 7))).isEqualTo("fd00::2");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.2, true",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "169.254.1.1, true",
    "192.0.2.1, false",
    "fc00::1, true",
    "fe80::1, true",
    "::1, true",
    "2001:db8::1, false",
  })
  void addressShouldBeNearByWhenItIsNotOfTheInternet(String typed, boolean isNearBy)
      throws Exception {
    assertThat(Ip.isNearBy(InetAddress.getByName(typed))).isEqualTo(isNearBy);
  }
}
