// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wavefed.testkit.lab.EjabberdServer;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.testkit.lab.StrippingRelay;

/** A contender that runs: two organisations, and the servers between them. */
final class Way implements AutoCloseable {
  private static final String SECRET = "secret";

  /** Two organisations of a contender and where their servers listen. */
  record Plan(Contender contender, ProsodyServer.Settings a, ProsodyServer.Settings b) {
    static Plan of(Contender contender) throws IOException {
      return new Plan(
          contender,
          ProsodyServer.Settings.onFreePorts(contender.domain("a"), SECRET),
          ProsodyServer.Settings.onFreePorts(contender.domain("b"), SECRET));
    }

    /** What the DNS has to say of both. */
    List<String> zone() {
      List<String> lines = new ArrayList<>();
      for (ProsodyServer.Settings one : List.of(a, b)) {
        if (contender.server == Contender.Server.EJABBERD) {
          lines.addAll(EjabberdServer.zone(one.host()));
        } else {
          String target = " SRV 0 0 %d xmpp.%s.".formatted(one.serverPort(), one.domain());
          lines.add("_xmpp-server._tcp." + one.domain() + "." + target);
          lines.add("_xmpp-server._tcp.wave." + one.domain() + "." + target);
          lines.add("xmpp." + one.domain() + ". A " + one.address());
        }
      }
      return lines;
    }
  }

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Contender contender;
  private final Program sender;

  private Way(Plan plan, Path folder, LabCertificates certificates, KnotServer dns)
      throws IOException {
    this.contender = plan.contender();
    Files.createDirectories(folder);
    try {
      server(plan.a(), folder.resolve("server-a"), certificates, dns);
      server(plan.b(), folder.resolve("server-b"), certificates, dns);
      program(plan, plan.b(), plan.a(), folder, certificates);
      this.sender = program(plan, plan.a(), plan.b(), folder, certificates);
      sender.ask("reach");
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Starts everything and waits until the one reaches the other. */
  static Way start(Plan plan, Path folder, LabCertificates certificates, KnotServer dns)
      throws IOException {
    return new Way(plan, folder, certificates, dns);
  }

  private void server(
      ProsodyServer.Settings settings, Path folder, LabCertificates certificates, KnotServer dns)
      throws IOException {
    switch (contender.server) {
      case NONE -> {
        certificates.issue(settings.domain());
        if (contender.isStripped()) {
          open.add(new StrippingRelay(settings.serverPort(), settings.componentPort()));
        }
      }
      case PROSODY ->
          open.add(
              ProsodyServer.start(folder, settings, certificates, dns, contender.configuration));
      case EJABBERD ->
          open.add(
              EjabberdServer.start(
                  folder, settings, certificates, dns, true, contender.configuration));
    }
  }

  private Program program(
      Plan plan,
      ProsodyServer.Settings own,
      ProsodyServer.Settings peer,
      Path folder,
      LabCertificates certificates)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(own.domain(), peer.domain()));
    if (contender.server == Contender.Server.NONE) {
      arguments.addAll(
          List.of(
              contender.isStripped() ? "plain" : "s2s",
              String.valueOf(contender.isStripped() ? own.componentPort() : own.serverPort()),
              certificates.authority().getParent().toString(),
              String.join(",", plan.zone())));
    } else {
      arguments.addAll(List.of("component", String.valueOf(own.componentPort()), SECRET));
    }
    Program started =
        Program.start(
            End.class,
            folder.resolve(own.domain() + ".log"),
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            arguments);
    open.add(started);
    return started;
  }

  Reading run(int inFlight, Duration length) throws IOException {
    return Reading.read(sender.ask("run " + inFlight + " " + length.toMillis()));
  }

  @Override
  public void close() throws IOException {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
    open.clear();
  }
}
