// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpTest {
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
