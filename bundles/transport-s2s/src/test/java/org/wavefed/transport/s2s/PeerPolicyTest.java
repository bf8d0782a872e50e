// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerPolicyTest {
  private static PeerPolicy policy(boolean privateAddresses, String... dialback) {
    return new PeerPolicy(
        new PeerPolicy.Rules(true, List.of(dialback), privateAddresses), Optional::empty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.1.2.3",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001:0:7f00:1:0:0:80ff:fffe",
        "::ffff:0:127.0.0.1",
        "2002:7f00:1::1",
        "2002:c0a8:101::"
      })
  void addressShouldNotBeConnectedToWhenItIsNotOnTheInternet(String address) throws Exception {
    assertThat(policy(false).allows(InetAddress.getByName(address))).isFalse();
    assertThat(policy(true).allows(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "192.0.2.1",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.1",
        "::ffff:192.0.2.1",
        "2001:db8::1",
        "2001:1::1",
        "64:ff9b::c000:201",
        "2002:c000:201::1"
      })
  void addressShouldBeConnectedToWhenItIsOnTheInternet(String address) throws Exception {
    assertThat(policy(false).allows(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void dialbackShouldBeGoodEnoughOnlyForTheDomainsOfTheRule() {
    PeerPolicy policy = policy(false, "*.example", "one.net");
    assertThat(policy.allowsDialback("a.b.example")).isTrue();
    assertThat(policy.allowsDialback("one.net")).isTrue();
    assertThat(policy.allowsDialback("example")).isFalse();
    assertThat(policy.allowsDialback("sub.one.net")).isFalse();
    assertThat(policy.allowsDialback("evilexample")).isFalse();
  }

  @Test
  void dialbackShouldNotBeGoodEnoughWhenTheDomainOnceShowedAGoodCertificate() {
    PeerPolicy policy = policy(false, "*");
    policy.authenticated("a.example");
    assertThat(policy.allowsDialback("a.example")).isFalse();
    assertThat(policy.letsDialBack("a.example")).isTrue();
    assertThat(policy.allowsDialback("b.example")).isTrue();
  }

  @Test
  void reasonShouldBeTheRuleOrTheCertificateOfBefore() {
    PeerPolicy policy = policy(false, "*.example");
    policy.authenticated("a.example");
    assertThat(policy.noDialback("a.example"))
        .startsWith("dialback is not allowed for a.example, which showed a good certificate");
    assertThat(policy.noDialback("one.net"))
        .isEqualTo("dialback is not allowed for one.net (dialback)");
  }
}
