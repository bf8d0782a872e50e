// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.dnsjava.DnsjavaResolver;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabProcess;

/** The commands about the DNS, with a real nameserver and a real resolver. */
class DnsCommandsTest {
  private static final String DOMAIN = "acmewave.example";
  private static final String SRV = "_xmpp-server._tcp." + DOMAIN;

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Output output = new Output();

  @BeforeEach
  void needsKnot() {
    assumeTrue(LabProcess.isInstalled("knotd"), "Knot DNS is not installed");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void checkShouldFindEverythingThatIsPlannedWhenItIsPublished() throws Exception {
    DnsPlanCommand plan = planned(new DnsPlanCommand());
    plan.run(transport());
    List<String> lines = output.lines();
    assertThat(lines).hasSizeGreaterThan(6);

    assertThat(check(publishing(lines)))
        .hasSizeGreaterThan(6)
        .allMatch(row -> row.split("\t", -1)[2].equals("ok"));
  }

  @Test
  void checkShouldSayWhatToPublishAndFail() throws Exception {
    DnsResolver dns =
        publishing(
            List.of(
                SRV + ". 60 IN SRV 0 0 5270 xmpp." + DOMAIN + ".",
                "xmpp." + DOMAIN + ". 60 IN A 192.0.2.1",
                "_xmpp-server._tcp.wave." + DOMAIN + ". 60 IN SRV 0 0 5269 gone." + DOMAIN + "."));
    assertThatThrownBy(() -> check(dns))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(DOMAIN + ": ")
        .hasMessageEndingWith("missing or wrong; wave:dns-plan prints what is needed");
    assertThat(output.lines())
        .contains(
            "SRV "
                + SRV
                + "\t0 0 5270 xmpp."
                + DOMAIN
                + ".\tdiffers\t"
                + "others connect to port 5270, the plan says 5269",
            "SRV "
                + SRV
                + "\t\tmissing\tpublish: "
                + SRV
                + ". IN SRV 0 0 5269 xmpp."
                + DOMAIN
                + ".",
            "SRV _xmpp-server._tcp.wave."
                + DOMAIN
                + "\t0 0 5269 gone."
                + DOMAIN
                + ".\twrong\t"
                + "gone."
                + DOMAIN
                + " has no address",
            "AAAA xmpp."
                + DOMAIN
                + "\t\tmissing\tpublish: xmpp."
                + DOMAIN
                + ". IN AAAA 2001:db8::1");
  }

  @Test
  void cacheShouldShowWhatIsKeptBelowANameAndForgetIt() throws Exception {
    DnsResolver dns =
        publishing(
            List.of(
                SRV + ". 600 IN SRV 0 0 5269 xmpp." + DOMAIN + ".",
                "xmpp." + DOMAIN + ". 600 IN A 192.0.2.1"));
    assertThatThrownBy(() -> check(dns)).isInstanceOf(Refusal.class);
    int all = dns.cached().size();
    assertThat(cache(dns, DOMAIN.toUpperCase(java.util.Locale.ROOT) + ".", false)).hasSize(all);
    assertThat(cache(dns, SRV, false))
        .singleElement()
        .asString()
        .matches(SRV + "\tSRV\t0 0 5269 xmpp\\." + DOMAIN + "\\.\t(600|59\\d)\tno");

    assertThat(cache(dns, SRV, true)).containsExactly("1 answer forgotten");
    assertThat(cache(dns, SRV, false)).isEmpty();
    assertThat(dns.cached()).hasSize(all - 1);
    assertThat(cache(dns, "", true)).containsExactly((all - 1) + " answers forgotten");
    assertThat(dns.cached()).isEmpty();
  }

  @Test
  void answersShouldNotBeCalledForgottenWhenTheyStay() throws Exception {
    CachedAnswer configured = new CachedAnswer(SRV, "SRV", "0 0 1 a.", Duration.ofDays(1), true);
    DnsResolver dns =
        (DnsResolver)
            Proxy.newProxyInstance(
                DnsResolver.class.getClassLoader(),
                new Class<?>[] {DnsResolver.class},
                (proxy, method, arguments) ->
                    method.getName().equals("cached") ? List.of(configured) : null);
    assertThat(cache(dns, "", true)).containsExactly("0 answers forgotten");
    assertThat(cache(dns, SRV, true)).containsExactly("0 answers forgotten");
  }

  @Test
  void checkShouldSayThatADomainIsNotOfThisServer() throws Exception {
    DnsResolver dns = publishing(List.of());
    DnsCheckCommand check = planned(new DnsCheckCommand());
    Output notes = new Output();
    check.notes = notes.stream();
    assertThatThrownBy(() -> check.run(new FakeServices().with(dns))).isInstanceOf(Refusal.class);
    assertThat(notes.lines())
        .contains(
            "no transport here is configured for "
                + DOMAIN
                + ": it is compared with what this server would need for it");
  }

  @Test
  void commandShouldSayWhatIsMissingWhenThereIsNoDns() {
    assertThatThrownBy(() -> run(new DnsCacheCommand(), new FakeServices()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("feature:install wavefed-dns-dnsjava");
    assertThatThrownBy(() -> run(planned(new DnsCheckCommand()), transport()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("feature:install wavefed-dns-dnsjava");
  }

  private List<String> check(DnsResolver dns) throws Exception {
    DnsCheckCommand check = planned(new DnsCheckCommand());
    check.noFormat = true;
    return run(check, transport().with(dns));
  }

  private List<String> cache(DnsResolver dns, String name, boolean flush) throws Exception {
    DnsCacheCommand cache = new DnsCacheCommand();
    cache.name = name;
    cache.flush = flush;
    cache.noFormat = true;
    return run(cache, new FakeServices().with(dns));
  }

  /** The lines that this one prints. */
  private List<String> run(WaveCommand command, FakeServices services) throws Exception {
    int before = output.lines().size();
    with(command).run(services);
    return output.lines().subList(before, output.lines().size());
  }

  private <T extends WaveCommand> T with(T command) {
    command.session = FakeSession.headless(folder);
    command.out = output.stream();
    command.notes = new Output().stream();
    return command;
  }

  private <T extends ZoneCommand> T planned(T command) {
    command.domain = DOMAIN;
    command.addresses = List.of("192.0.2.1", "2001:db8::1");
    command.also = List.of("backup." + DOMAIN + ",5270,20,40,192.0.2.2,2001:db8:0:1::2");
    return with(command);
  }

  private static FakeServices transport() {
    return new FakeServices()
        .with(
            Transports.ofKind("s2s"),
            Map.of(
                "domain", new String[] {DOMAIN},
                "listen", new String[] {"192.0.2.1:5269"},
                "listen.direct", new String[] {"192.0.2.1:5223"}));
  }

  private DnsResolver publishing(List<String> lines) throws IOException {
    KnotServer knot = KnotServer.startWith(Files.createTempDirectory(folder, "knot"), lines);
    DnsjavaResolver resolver = asking("127.0.0.1:" + knot.port());
    open.add(resolver);
    open.add(knot);
    return resolver;
  }

  /** Everything but whom to ask is as it is by default. */
  private static DnsjavaResolver asking(String nameserver) {
    return new DnsjavaResolver(Map.of("nameservers", nameserver));
  }
}
