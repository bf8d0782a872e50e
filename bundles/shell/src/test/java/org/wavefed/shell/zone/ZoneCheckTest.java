// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.wavefed.shell.zone.Finding.Verdict;

class ZoneCheckTest {
  private final Map<String, Set<String>> published = new TreeMap<>();

  private static ZonePlan plan() throws UnknownHostException {
    return plan("192.0.2.1");
  }

  private static ZonePlan plan(String... addresses) throws UnknownHostException {
    List<InetAddress> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(InetAddress.getByName(address));
    }
    return new ZonePlan("a.example", List.of(new Target("xmpp.a.example", 5269, 0, 0, 0, all)));
  }

  private void publish(String key, String data) {
    published.computeIfAbsent(key, any -> new TreeSet<>()).add(data);
  }

  private void publishPlan() throws UnknownHostException {
    plan().records().forEach(r -> publish(ZoneCheck.key(r.type(), r.name()), r.data()));
  }

  private List<Finding> check() throws UnknownHostException {
    return new ZoneCheck(published).compare(plan());
  }

  @Test
  void planShouldBeOkWhenItIsPublished() throws Exception {
    publishPlan();
    assertThat(check()).hasSize(3).allMatch(found -> found.verdict() == Verdict.OK);
  }

  @Test
  void everythingShouldBeMissingWhenNothingIsPublished() throws Exception {
    assertThat(check()).hasSize(3).allMatch(found -> found.verdict() == Verdict.MISSING);
    assertThat(check().get(0).advice())
        .contains("_xmpp-server._tcp.a.example. IN SRV 0 0 5269 xmpp.a.example.");
  }

  @Test
  void targetShouldBeWrongWhenItHasNoAddressOrIsTheRoot() throws Exception {
    publish("SRV _xmpp-server._tcp.a.example", "0 0 5269 gone.a.example.");
    publish("SRV _xmpp-server._tcp.wave.a.example", "0 0 0 .");
    assertThat(check())
        .filteredOn(found -> found.verdict() == Verdict.WRONG)
        .extracting(Finding::advice)
        .anyMatch(advice -> advice.contains("gone.a.example has no address"))
        .anyMatch(advice -> advice.contains("does not federate"));
  }

  @Test
  void otherPortsAndAddressesShouldDiffer() throws Exception {
    publish("SRV _xmpp-server._tcp.a.example", "0 0 15269 gate.a.example.");
    publish("A gate.a.example", "198.51.100.1");
    assertThat(check())
        .filteredOn(found -> found.verdict() == Verdict.DIFFERS)
        .extracting(Finding::record)
        .containsExactly("SRV _xmpp-server._tcp.a.example", "A gate.a.example");
  }

  @Test
  void privateAddressShouldNotBeMissingWhenThereIsAnother() throws Exception {
    publishPlan();
    assertThat(new ZoneCheck(published).compare(plan("192.0.2.1", "fd00::2")))
        .allMatch(found -> found.verdict() == Verdict.OK);
    assertThat(new ZoneCheck(published).compare(plan("192.0.2.1", "2001:db8::2")))
        .extracting(Finding::advice)
        .contains("publish: xmpp.a.example. IN AAAA 2001:db8::2");
    published.remove("A xmpp.a.example");
    assertThat(new ZoneCheck(published).compare(plan("fd00::2")))
        .extracting(Finding::advice)
        .contains("publish: xmpp.a.example. IN AAAA fd00::2");
  }

  @Test
  void directTlsShouldBeWrongWhenNothingListensForIt() throws Exception {
    publishPlan();
    publish("SRV _xmpps-server._tcp.a.example", "0 0 5270 xmpp.a.example.");
    assertThat(check())
        .filteredOn(found -> found.verdict() != Verdict.OK)
        .singleElement()
        .extracting(Finding::advice)
        .asString()
        .contains("nothing listens");
  }
}
