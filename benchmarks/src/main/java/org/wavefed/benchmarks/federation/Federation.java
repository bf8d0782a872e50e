// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;

/**
 * Measures all contenders in turn, round after round, so that whatever else the machine does hits
 * all of them.
 */
public final class Federation {
  private static final String HELP =
      """
      Usage: ./benchmarks/federation [--keystrokes | --stanzas] [--quick] [--profile] [--help]
      Measures between two organisations, and prints progress and then a table:
      1. keystrokes, a minute and a half: from a key going down at one until its character is durable, and
         seen by a watcher, at the other; two whole servers.
      2. stanzas of about a kilobyte with receipts, three minutes: from server to server as Wavefed does, and
         between components of Prosody and of ejabberd. Needs prosody, ejabberd, knotd and openssl.
        --keystrokes, --stanzas  only these
        --quick    one short round, to see that it works; its figures mean nothing
        --profile  leaves a recording of each of our processes (jfr print, jfr summary) beside its log
      """;

  private static final List<String> OPTIONS =
      List.of("--keystrokes", "--stanzas", "--quick", "--profile");

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** How much is done. */
  private record Extent(int rounds, Duration warmUp, Duration length) {
    static final Extent FULL = new Extent(3, Duration.ofSeconds(4), Duration.ofMillis(1500));
    static final Extent QUICK = new Extent(1, Duration.ofMillis(100), Duration.ofMillis(100));
  }

  private static final List<Integer> IN_FLIGHT = List.of(1, 16, 256);

  private record Case(Contender contender, int inFlight) {}

  private final Extent extent;
  private final Map<Contender, Way> ways = new EnumMap<>(Contender.class);

  private Federation(Extent extent) {
    this.extent = extent;
  }

  /** Runs it; see {@code --help}. */
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    for (String option : options) {
      if (!OPTIONS.contains(option)) {
        (option.equals("--help") ? System.out : System.err).print(HELP);
        System.exit(option.equals("--help") ? 0 : 2);
      }
    }
    System.setProperty("profile", String.valueOf(options.contains("--profile")));
    Runtime.getRuntime().addShutdownHook(new Thread(Federation::stopChildren));
    stopAfterLimit();
    Path folder =
        Files.createTempDirectory(
            Files.createDirectories(Path.of("benchmarks", "target").toAbsolutePath()),
            "federation-");
    System.out.println("logs: " + folder);
    boolean quick = options.contains("--quick");
    if (!options.contains("--stanzas")) {
      System.out.println(Keystrokes.run(quick, folder.resolve("keystrokes")));
    }
    if (!options.contains("--keystrokes")) {
      System.out.println(run(quick, folder));
    }
  }

  /** Measures, with everything that is written in the folder, and returns the table. */
  static String run(boolean quick, Path folder) throws IOException {
    return new Federation(quick ? Extent.QUICK : Extent.FULL).measure(folder);
  }

  private static void stopAfterLimit() {
    Thread watch =
        new Thread(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(LIMIT.toNanos());
                System.err.println("stopped: not done within " + LIMIT);
                System.exit(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static void stopChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
  }

  private String measure(Path folder) throws IOException {
    List<Way.Plan> plans = new ArrayList<>();
    List<String> zone = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      Way.Plan plan = Way.Plan.of(contender);
      plans.add(plan);
      zone.addAll(plan.zone());
    }
    LabCertificates certificates = LabCertificates.create(folder.resolve("tls"));
    try (KnotServer dns = KnotServer.startWith(folder.resolve("dns"), zone)) {
      start(plans, folder, certificates, dns);
      return Table.of(rounds());
    } finally {
      for (Way way : ways.values()) {
        way.close();
      }
    }
  }

  private void start(
      List<Way.Plan> plans, Path folder, LabCertificates certificates, KnotServer dns)
      throws IOException {
    for (Way.Plan plan : plans) {
      System.out.println("starting " + plan.contender().title);
      Path own = folder.resolve(plan.contender().name());
      ways.put(plan.contender(), Way.start(plan, own, certificates, dns));
    }
    for (Way way : ways.values()) {
      way.run(16, extent.warmUp());
    }
  }

  private List<Measured> rounds() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (int inFlight : IN_FLIGHT) {
      ways.keySet().forEach(contender -> cases.add(new Case(contender, inFlight)));
    }
    Map<Case, List<Measured.Round>> all = new HashMap<>();
    for (int round = 1; round <= extent.rounds(); round++) {
      for (Case one : cases) {
        all.computeIfAbsent(one, none -> new ArrayList<>()).add(round(one, round));
      }
    }
    return cases.stream()
        .map(one -> new Measured(one.contender(), one.inFlight(), all.get(one)))
        .toList();
  }

  private Measured.Round round(Case one, int number) throws IOException {
    long before = cpuNanos();
    Reading reading = ways.get(one.contender()).run(one.inFlight(), extent.length());
    double cpu = (cpuNanos() - before) / 1e3 / reading.count();
    System.out.printf(
        "round %d of %d, %s, %d in flight: %,.0f/s%n",
        number, extent.rounds(), one.contender().title, one.inFlight(), reading.perSecond());
    return new Measured.Round(reading, cpu);
  }

  /** Of all servers and both ends; those that are not measured have nothing to do meanwhile. */
  private static long cpuNanos() {
    return ProcessHandle.current()
        .descendants()
        .mapToLong(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }
}
