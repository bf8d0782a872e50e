// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingService;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.FakeWaves;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.ProbeStep;

/** {@code wave:resolve} and {@code wave:ping}: which domain asks which, and what is shown. */
class PeerCommandsTest {
  private static final String PEER = "initech.example";

  private final List<String> asked = new ArrayList<>();
  private final Output output = new Output();

  @Test
  void resolveShouldShowEveryStepAndWhereTheServerIs() throws Exception {
    run(resolve(), new FakeServices().with(new FakeWaves()).with(finding(reached())));
    assertThat(asked).containsExactly("acmewave.example -> initech.example");
    assertThat(output.lines())
        .hasSize(5)
        .anyMatch(line -> line.matches("5 .* done .* 12\\.3 ms .* connect 192.0.2.1:5269 .*"))
        .last()
        .isEqualTo("wave.initech.example at 192.0.2.1:5269");
  }

  @Test
  void resolveShouldShowTheStepsAndFailWhenThereIsNoWay() {
    ProbeReport report =
        new ProbeReport(PEER, steps(), Optional.empty(), "nobody\u001b[2J answers there");
    assertThatThrownBy(
            () -> run(resolve(), new FakeServices().with(new FakeWaves()).with(finding(report))))
        .isInstanceOf(Refusal.class)
        .hasMessage("nobody\uFFFD[2J answers there");
    assertThat(output.lines()).hasSize(4);
  }

  @Test
  void resolveShouldGiveScriptsOneLineOfJsonOrRowsOfFullValues() throws Exception {
    FakeServices services = new FakeServices().with(new FakeWaves()).with(finding(reached()));
    ResolveCommand json = resolve();
    json.json = true;
    run(json, services);
    assertThat(output.lines())
        .containsExactly(
            "{\"domain\":\"initech.example\",\"reached\":true,"
                + "\"address\":\"wave.initech.example\","
                + "\"conclusion\":\"wave.initech.example at 192.0.2.1:5269\",\"steps\":["
                + "{\"step\":1,\"what\":\"SRV x\",\"outcome\":\"skipped\","
                + "\"detail\":\"none\",\"millis\":0.001},"
                + "{\"step\":5,\"what\":\"connect 192.0.2.1:5269\",\"outcome\":\"done\","
                + "\"detail\":\"connected\",\"millis\":12.346}]}");

    ResolveCommand rows = resolve();
    rows.noFormat = true;
    run(rows, services);
    assertThat(output.lines().subList(1, output.lines().size()))
        .containsExactly(
            "1\tskipped\t0.001\tSRV x\tnone", "5\tdone\t12.346\tconnect 192.0.2.1:5269\tconnected");
  }

  @Test
  void resolveShouldPassOnThatItCannotAsk() {
    ConnectionProbe probe =
        (local, peer, fresh) ->
            CompletableFuture.failedFuture(
                new FederationException(FailureReason.NOT_CONNECTED, "the transport is stopping"));
    assertThatThrownBy(() -> run(resolve(), new FakeServices().with(new FakeWaves()).with(probe)))
        .isInstanceOf(Refusal.class)
        .hasMessage("the transport is stopping");
  }

  @Test
  void resolveShouldSayWhatIsMissing() {
    assertThatThrownBy(() -> run(resolve(), new FakeServices().with(new FakeWaves())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("feature:install wavefed-transport-s2s");
    assertThatThrownBy(() -> run(resolve(), new FakeServices().with(finding(reached()))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("say --from DOMAIN");
  }

  @Test
  void domainsShouldBeRefusedInOneLineWhenTheyAreMalformedOrNotOurs() {
    FakeServices services =
        new FakeServices().with(new FakeWaves()).with(finding(reached())).with(pinging());
    for (PeerCommand command : List.of(resolve(), ping())) {
      command.domain = "bob@initech.example";
      assertThatThrownBy(() -> run(command, services))
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("'bob@initech.example' is no domain");
      command.domain = PEER;
      command.from = PEER;
      assertThatThrownBy(() -> run(command, services))
          .isInstanceOf(Refusal.class)
          .hasMessage("--from initech.example: this server serves acmewave.example alone");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void domainTypedShouldAskWhenItIsOursOrNobodyKnows() throws Exception {
    ResolveCommand resolve = resolve();
    resolve.from = "AcmeWave.example";
    run(resolve, new FakeServices().with(new FakeWaves()).with(finding(reached())));
    PingCommand ping = ping();
    ping.from = "other.example";
    run(ping, new FakeServices().with(pinging()));
    run(ping(), new FakeServices().with(pinging()));
    assertThat(asked)
        .containsExactly(
            "acmewave.example -> initech.example",
            "other.example -> initech.example",
            " -> initech.example");
  }

  @Test
  void domainTypedInLettersOfAnyLanguageShouldBeAskedByItsNameInTheDns() throws Exception {
    PingCommand ping = ping();
    ping.domain = "B\u00FCcher.example";
    run(ping, new FakeServices().with(pinging()));
    assertThat(asked).containsExactly(" -> xn--bcher-kva.example");
    assertThat(output.lines()).anyMatch(line -> line.contains("xn--bcher-kva.example"));
    ping.domain = "b\u00FCcher..example";
    refuses(ping, "'b\u00FCcher..example' is no domain");
  }

  @Test
  void pingShouldRefuseTimesThatMakeNoSense() {
    PingCommand count = ping();
    count.count = -1;
    refuses(count, "-c -1");
    PingCommand interval = ping();
    interval.interval = 0;
    refuses(interval, "-i 0.0: give seconds, from 0.01 to 86400");
    PingCommand timeout = ping();
    timeout.timeout = Double.NaN;
    refuses(timeout, "-W NaN");
  }

  private void refuses(PingCommand ping, String line) {
    assertThatThrownBy(() -> run(ping, new FakeServices().with(pinging())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(line);
  }

  private ConnectionProbe finding(ProbeReport report) {
    return (local, peer, fresh) -> {
      asked.add(local + " -> " + peer);
      return CompletableFuture.completedFuture(report);
    };
  }

  private PingService pinging() {
    return (local, peer, timeout) -> {
      asked.add(local + " -> " + peer);
      return CompletableFuture.completedFuture(
          new PingResult.Answered("wave." + peer, "s2s", Duration.ZERO, Duration.ofMillis(3)));
    };
  }

  private static ProbeReport reached() {
    return new ProbeReport(
        PEER,
        steps(),
        Optional.of("wave.initech.example"),
        "wave.initech.example at 192.0.2.1:5269");
  }

  private static List<ProbeStep> steps() {
    return List.of(
        new ProbeStep(1, "SRV x", ProbeStep.Outcome.SKIPPED, "none", Duration.ofNanos(700)),
        new ProbeStep(
            5,
            "connect 192.0.2.1:5269",
            ProbeStep.Outcome.DONE,
            "connected",
            Duration.ofNanos(12_345_678)));
  }

  private static ResolveCommand resolve() {
    ResolveCommand command = new ResolveCommand();
    command.domain = PEER;
    return command;
  }

  private static PingCommand ping() {
    PingCommand command = new PingCommand();
    command.domain = PEER;
    command.count = 1;
    return command;
  }

  private void run(WaveCommand command, FakeServices services) throws Exception {
    command.session = FakeSession.headless(Path.of("."));
    command.out = output.stream();
    command.notes = new Output().stream();
    command.run(services);
  }
}
