// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.testkit.ca.TestAuthority;
import org.wavefed.testkit.lab.LabProcess;

/**
 * From a key going down at one organisation until its character is durable, and seen by a watcher,
 * at another: two whole servers, each in a process of its own with the options of the distribution.
 */
final class Keystrokes implements AutoCloseable {
  private static final String HEAD =
      """
      | a key goes down at A in a wavelet of | load | keys | refused | durable at B, p50 ms | p99 | seen at B, p50 ms | p99 | answered at A, p50 ms | p99 | CPU µs |
      |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  private static final List<String> JVM =
      List.of(
          "-Xms32m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40");

  private static final int WAVELETS = 100;
  private static final String A = "a.example";
  private static final String B = "b.example";

  /** Where wavelets are and how much is typed. */
  private enum Load {
    IDLE_A(A, "1 key every 100 ms", 1, "EVENLY 10"),
    IDLE_B(B, "1 key every 100 ms", 1, "EVENLY 10"),
    BUSY_A(A, "1,000 keys/s in 100 wavelets", WAVELETS, "RANDOMLY 1000"),
    BUSY_B(B, "1,000 keys/s in 100 wavelets", WAVELETS, "RANDOMLY 1000");

    final String host;
    final String title;
    final int wavelets;
    final String pace;

    Load(String host, String title, int wavelets, String pace) {
      this.host = host;
      this.title = title;
      this.wavelets = wavelets;
      this.pace = pace;
    }
  }

  private final Path folder;
  private final Program a;
  private final Program b;
  private final List<String> ofA;
  private final List<String> ofB;

  private Keystrokes(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    int portA = LabProcess.freePort("127.0.0.1");
    int portB = LabProcess.freePort("127.0.0.1");
    String records = records(A, portA) + "," + records(B, portB);
    TestAuthority authority = TestAuthority.create("Benchmark");
    authority.write(folder.resolve("ca.crt"));
    this.a = start(authority, A, portA, records);
    this.b = start(authority, B, portB, records);
    this.ofA = List.of(a.ask("create " + WAVELETS + " user@" + B).split(" ", -1));
    this.ofB = List.of(b.ask("create " + WAVELETS + " user@" + A).split(" ", -1));
    for (Program each : List.of(a, b)) {
      requireOneClock(each);
      each.ask("watch " + String.join(" ", ofA) + " " + String.join(" ", ofB));
    }
  }

  private static String records(String domain, int port) {
    String target = " SRV 0 0 " + port + " xmpp." + domain;
    return "_xmpp-server._tcp.%s%s,_xmpp-server._tcp.wave.%s%s,xmpp.%s A 127.0.0.1"
        .formatted(domain, target, domain, target, domain);
  }

  private Program start(TestAuthority authority, String domain, int port, String records)
      throws IOException {
    authority.issue(Leaf.of(domain).withDnsNames(domain, "wave." + domain)).write(folder, domain);
    authority.issue(domain).write(folder.resolve("signing-" + domain), domain);
    return Program.start(
        Organisation.class,
        folder.resolve(domain + ".log"),
        JVM,
        List.of(domain, String.valueOf(port), folder.toString(), records));
  }

  /** Times of several processes are compared, so they have to be of one clock. */
  private static void requireOneClock(Program program) throws IOException {
    long before = System.nanoTime();
    long there = Long.parseLong(program.ask("clock"));
    if (there < before || there > System.nanoTime()) {
      throw new IOException("the processes of this machine do not share System.nanoTime");
    }
  }

  /** Measures, with everything that is written in the folder, and returns the table. */
  static String run(boolean quick, Path folder) throws IOException {
    int rounds = quick ? 1 : 2;
    Duration length = quick ? Duration.ofMillis(500) : Duration.ofSeconds(8);
    Map<Load, Delays> delays = new EnumMap<>(Load.class);
    try (Keystrokes keystrokes = new Keystrokes(folder)) {
      keystrokes.warmUp(length);
      for (int round = 1; round <= rounds; round++) {
        for (Load load : Load.values()) {
          System.out.printf(
              "round %d of %d, wavelets of %s, %s%n", round, rounds, load.host, load.title);
          keystrokes.measure(load, length, delays.computeIfAbsent(load, none -> new Delays()));
        }
      }
    }
    StringBuilder table = new StringBuilder(HEAD);
    delays.forEach(
        (load, all) ->
            table.append("| %s | %s | %s |%n".formatted(load.host, load.title, all.cells())));
    return table.toString();
  }

  /** Gently first: a fresh process is slow. */
  private void warmUp(Duration length) throws IOException {
    for (String pace : List.of("RANDOMLY 100", "RANDOMLY 300", "RANDOMLY 1000")) {
      for (List<String> names : List.of(ofA, ofB)) {
        a.ask("type %s %d %s".formatted(pace, length.toMillis() / 2, String.join(" ", names)));
      }
    }
  }

  private void measure(Load load, Duration length, Delays delays) throws IOException {
    List<String> names = (load.host.equals(A) ? ofA : ofB).subList(0, load.wavelets);
    flush(a);
    flush(b);
    long before = cpuNanos();
    String[] typed =
        a.ask("type %s %d %s".formatted(load.pace, length.toMillis(), String.join(" ", names)))
            .split(" ", -1);
    b.ask("await " + typed[0]);
    long used = cpuNanos() - before;
    delays.add(flush(a), flush(b), Integer.parseInt(typed[1]), used);
  }

  private List<Marks.Mark> flush(Program program) throws IOException {
    Path file = folder.resolve("marks");
    program.ask("flush " + file);
    List<Marks.Mark> marks = new ArrayList<>();
    Files.readAllLines(file).forEach(line -> marks.add(Marks.Mark.read(line)));
    return marks;
  }

  private long cpuNanos() {
    return a.cpuNanos() + b.cpuNanos();
  }

  @Override
  public void close() throws IOException {
    a.close();
    b.close();
  }
}
