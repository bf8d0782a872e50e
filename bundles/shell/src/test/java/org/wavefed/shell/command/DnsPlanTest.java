// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;

class DnsPlanTest {
  private static final String DOMAIN = "acmewave.example";

  @TempDir Path folder;

  private static FakeServices with(String kind, Map<String, Object> properties) {
    return new FakeServices().with(Transports.ofKind(kind), properties);
  }

  private static Map<String, Object> s2s(String plain, String... direct) {
    return Map.of(
        "domain", new String[] {DOMAIN}, "listen", new String[] {plain}, "listen.direct", direct);
  }

  private DnsPlanCommand command() {
    DnsPlanCommand command = new DnsPlanCommand();
    command.domain = DOMAIN;
    command.session = FakeSession.headless(folder);
    return command;
  }

  private static List<String> run(DnsPlanCommand command, FakeServices services) {
    Output output = new Output();
    command.out = output.stream();
    command.run(services);
    return output.lines();
  }

  @Test
  void planShouldBeThePortsAndAddressesThatTheServerListensOn() {
    assertThat(run(command(), with("s2s", s2s("192.0.2.1:5270", "192.0.2.1:5223"))))
        .containsExactly(
            "; acmewave.example over s2s",
            "_xmpp-server._tcp.acmewave.example. 3600 IN SRV 0 0 5270 xmpp.acmewave.example.",
            "_xmpps-server._tcp.acmewave.example. 3600 IN SRV 0 0 5223 xmpp.acmewave.example.",
            "_xmpp-server._tcp.wave.acmewave.example. 3600 IN SRV 0 0 5270 xmpp.acmewave.example.",
            "_xmpps-server._tcp.wave.acmewave.example. 3600 IN SRV 0 0 5223 xmpp.acmewave.example.",
            "xmpp.acmewave.example. 3600 IN A 192.0.2.1");
  }

  @Test
  void planShouldHaveALineForEachPortThatTheServerListensOn() {
    Map<String, Object> several =
        Map.of(
            "domain",
            new String[] {DOMAIN},
            "listen",
            new String[] {"192.0.2.1:5269", "[2001:db8::1]:5269", "192.0.2.1:5270"},
            "listen.direct",
            new String[] {"192.0.2.1:5223"});
    FakeServices services = with("s2s", several);
    services.with(Transports.ofKind("component"), Map.of("domain", DOMAIN));
    DnsPlanCommand command = command();
    command.addresses = List.of("10.0.0.1");
    assertThat(run(command, services))
        .containsExactly(
            "; acmewave.example over s2s, component",
            "_xmpp-server._tcp.acmewave.example. 3600 IN SRV 0 0 5269 xmpp.acmewave.example.",
            "_xmpp-server._tcp.acmewave.example. 3600 IN SRV 0 0 5270 xmpp.acmewave.example.",
            "_xmpp-server._tcp.acmewave.example. 3600 IN SRV 10 0 5269 xmpp.acmewave.example.",
            "_xmpps-server._tcp.acmewave.example. 3600 IN SRV 0 0 5223 xmpp.acmewave.example.",
            "_xmpp-server._tcp.wave.acmewave.example. 3600 IN SRV 0 0 5269 xmpp.acmewave.example.",
            "_xmpp-server._tcp.wave.acmewave.example. 3600 IN SRV 0 0 5270 xmpp.acmewave.example.",
            "_xmpp-server._tcp.wave.acmewave.example. 3600 IN SRV 10 0 5269 xmpp.acmewave.example.",
            "_xmpps-server._tcp.wave.acmewave.example. 3600 IN SRV 0 0 5223 xmpp.acmewave.example.",
            "xmpp.acmewave.example. 3600 IN A 10.0.0.1",
            "; 10.0.0.1 is reached from near by alone: others need the router's, say --address ADDRESS");
  }

  @Test
  void planShouldBeThePortOfTheXmppServerWhenAComponentServes() {
    DnsPlanCommand command = command();
    command.addresses = List.of("2001:db8::1");
    assertThat(run(command, with("component", Map.of("domain", DOMAIN))))
        .contains(
            "_xmpp-server._tcp.wave.acmewave.example. 3600 IN SRV 0 0 5269 xmpp.acmewave.example.",
            "xmpp.acmewave.example. 3600 IN AAAA 2001:db8::1");
  }

  @Test
  void planShouldBeTheRoutersWhenItIsNamed() {
    DnsPlanCommand command = command();
    command.host = "gate.acmewave.example";
    command.addresses = List.of("198.51.100.1");
    command.port = 15269;
    command.priority = 5;
    command.weight = 60;
    assertThat(run(command, with("s2s", s2s("10.0.0.2:5269"))))
        .contains(
            "_xmpp-server._tcp.acmewave.example. 3600 IN SRV 5 60 15269 gate.acmewave.example.",
            "gate.acmewave.example. 3600 IN A 198.51.100.1")
        .noneMatch(line -> line.contains("10.0.0.2"));
  }

  @Test
  void planShouldSayThatAnAddressIsPrivateOrInAnotherZone() {
    for (String near : List.of("10.0.0.2", "127.0.0.1", "100.64.1.1", "fd00::2", "fe80::1")) {
      DnsPlanCommand command = command();
      command.addresses = List.of(near);
      assertThat(run(command, new FakeServices()))
          .anyMatch(line -> line.startsWith("; " + near + " is reached from near by alone"));
    }
    DnsPlanCommand command = command();
    command.host = "mx.other.example";
    command.addresses = List.of("192.0.2.1");
    assertThat(run(command, with("s2s", s2s("10.0.0.2:5269"))))
        .contains("; in another zone: mx.other.example. 3600 IN A 192.0.2.1");
  }

  @Test
  void planShouldBeRefusedInOneLineWhenAnOptionIsMalformed() {
    DnsPlanCommand port = command();
    port.port = 70_000;
    refuses(port, "--port: 70000");
    DnsPlanCommand address = command();
    address.addresses = List.of("localhost");
    refuses(address, "'localhost' is no address");
    DnsPlanCommand also = command();
    also.also = List.of("backup.example,5269");
    refuses(also, "HOST,PORT,PRIORITY,WEIGHT");
    DnsPlanCommand host = command();
    host.host = "192.0.2.1";
    refuses(host, "--host: 192.0.2.1 is an address, and SRV records lead to names");
    DnsPlanCommand other = command();
    other.also = List.of("192.0.2.2,5269,20,0");
    refuses(other, "--also: 192.0.2.2 is an address");
  }

  private static void refuses(DnsPlanCommand command, String line) {
    assertThatThrownBy(() -> run(command, new FakeServices()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(line);
  }
}
