// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.dns.DnsResolver;
import org.wavefed.shell.StatusReport.Line;
import org.wavefed.store.DeltaStore;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.FederationTransport;

class StatusReportTest {
  @Test
  void reportShouldNameEveryMissingPartWithWhatToDo() {
    StatusReport report = StatusReport.of(new FakeServices());
    assertThat(report.lines()).isEmpty();
    assertThat(report.missing())
        .doesNotHaveDuplicates()
        .anyMatch(line -> line.contains("no store is running"))
        .anyMatch(line -> line.contains("no federation transport is running"))
        .anyMatch(line -> line.contains("the wave server is not running"))
        .allMatch(line -> line.contains("feature:install wavefed-"));
  }

  @Test
  void reportShouldNotCallAPartMissingThatIsThere() {
    StatusReport report = StatusReport.of(new FakeServices().with(new FakeWaves()));
    assertThat(report.lines()).contains(new Line("domain", "acmewave.example", "served"));
    // The queue and the peers are the server's as well, and they are still missing.
    assertThat(report.missing()).anyMatch(line -> line.contains("no store"));
  }

  @Test
  void reportShouldMissTheDnsWhenATransportFindsOthersByItself() {
    ConnectionProbe probe = (local, peer, fresh) -> new CompletableFuture<>();
    assertThat(StatusReport.of(new FakeServices()).missing())
        .noneMatch(line -> line.contains("nothing that asks the DNS"));
    assertThat(StatusReport.of(new FakeServices().with(probe)).missing())
        .anyMatch(line -> line.contains("nothing that asks the DNS"));
    assertThat(StatusReport.of(new FakeServices().with(probe).with(dns("one"))).missing())
        .noneMatch(line -> line.contains("nothing that asks the DNS"));
  }

  @Test
  void reportShouldTellWhichDnsIsAskedWhenThereAreSeveral() {
    FakeServices services = new FakeServices().with(dns("one")).with(dns("other"));
    assertThat(StatusReport.of(services).lines())
        .containsExactly(
            new Line("dns", "one", "running"),
            new Line("dns", "other", "not asked while the one above runs"));
  }

  private static DnsResolver dns(String description) {
    return (DnsResolver)
        Proxy.newProxyInstance(
            DnsResolver.class.getClassLoader(),
            new Class<?>[] {DnsResolver.class},
            (proxy, method, arguments) -> description);
  }

  @Test
  void reportShouldTellWhatTroubleATransportHas() {
    FederationTransport transport =
        (FederationTransport)
            Proxy.newProxyInstance(
                FederationTransport.class.getClassLoader(),
                new Class<?>[] {FederationTransport.class},
                (proxy, method, arguments) ->
                    method.getName().equals("serves") ? (Object) true : "s2s");
    Map<String, Object> properties =
        Map.of(
            "domain", new String[] {"acmewave.example"},
            "trouble", new String[] {"cannot listen on 0.0.0.0:5269 (Address already in use)"});
    assertThat(StatusReport.of(new FakeServices().with(transport, properties)).lines())
        .contains(
            new Line(
                "transport",
                "s2s for acmewave.example",
                "connected; cannot listen on 0.0.0.0:5269 (Address already in use)"));
  }

  @Test
  void stateShouldTellWhenNothingCanBeWritten() {
    assertThat(linesWithStore("rocksdb, /srv/waves"))
        .containsExactly(new Line("store", "rocksdb, /srv/waves", "running"));
    assertThat(linesWithStore("rocksdb, /srv/waves, NOT WRITABLE: the disk is full"))
        .containsExactly(
            new Line("store", "rocksdb, /srv/waves", "NOT WRITABLE: the disk is full"));
  }

  private static List<Line> linesWithStore(String description) {
    DeltaStore store =
        (DeltaStore)
            Proxy.newProxyInstance(
                DeltaStore.class.getClassLoader(),
                new Class<?>[] {DeltaStore.class},
                (proxy, method, arguments) -> description);
    return StatusReport.of(new FakeServices().with(store, Map.of())).lines();
  }
}
