// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.rules.ExternalResource;

/** Organisations on this machine, by the scripts in {@code lab/} that the quick start uses too. */
final class Lab extends ExternalResource {
  static final String ACME = "acmewave.example";
  static final String INITECH = "initech.example";

  private static final Path CHECKOUT =
      Path.of(System.getProperty("wavefed.checkout")).toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How organisations federate. */
  enum Transport {
    /** The Wavefed servers talk to each other themselves. */
    S2S,
    /** Each has a real Prosody, and a real DNS server leads to these. */
    COMPONENT,
    /** Both parts run in each server; names lead to itself first, and to its Prosody then. */
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Path dir;
  private final Map<String, Transport> domains;
  private final SshConsole console = new SshConsole(PATIENCE);

  /** A lab in a folder of its own below {@code target}, its domains in their order. */
  Lab(String name, Map<String, Transport> domains) {
    dir = CHECKOUT.resolve("itests/target").resolve(name);
    this.domains = new TreeMap<>(domains);
  }

  /** A lab of {@link #ACME} and {@link #INITECH}. */
  Lab(String name, Transport transport) {
    this(name, Map.of(ACME, transport, INITECH, transport));
  }

  /** What a script answered. */
  record Answer(int code, String text) {
    boolean ok() {
      return code == 0;
    }
  }

  @Override
  protected void before() throws Exception {
    run(Map.of(), "rm", "-rf", dir.toString());
    List<String> create = new ArrayList<>(List.of("create"));
    domains.forEach(
        (domain, transport) -> create.addAll(List.of("--transport", transport + "", domain)));
    lab(create.toArray(String[]::new));
    lab("start");
    for (String domain : domains.keySet()) {
      lab("certify", domain);
    }
  }

  @Override
  protected void after() {
    try {
      lab("stop");
    } catch (IOException e) {
      throw new AssertionError("could not stop the lab in " + dir, e);
    } finally {
      console.close();
    }
  }

  /** Runs a command of {@code lab/lab} that has to work. */
  String lab(String... arguments) throws IOException {
    return lab(Map.of(), arguments);
  }

  /** The same with environment variables. */
  String lab(Map<String, String> environment, String... arguments) throws IOException {
    Answer answer = tryLab(environment, arguments);
    if (!answer.ok()) {
      throw new IOException("lab " + String.join(" ", arguments) + ": " + answer.text());
    }
    return answer.text();
  }

  private Answer tryLab(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(CHECKOUT.resolve("lab/lab").toString());
    command.add(dir.toString());
    command.addAll(List.of(arguments));
    return run(environment, command.toArray(String[]::new));
  }

  /** Runs console commands in one session; they have to work. */
  String console(String domain, String... commands) throws IOException {
    Answer answer = tryConsole(domain, commands);
    if (!answer.ok()) {
      throw new IOException(String.join("; ", commands) + " at " + domain + ": " + answer.text());
    }
    return answer.text();
  }

  /** Runs console commands in one session, up to the first that is refused. */
  Answer tryConsole(String domain, String... commands) throws IOException {
    int port = Integer.parseInt(setting(domain, "SSH_PORT"));
    return console.run(file(domain, "wavefed"), port, commands);
  }

  /** A port or a secret of an organisation. */
  String setting(String domain, String name) throws IOException {
    return Files.readAllLines(file(domain, "settings.env")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The log of a server, as operators read it. */
  String log(String domain) throws IOException {
    return Files.readString(file(domain, "wavefed/data/log/karaf.log"), StandardCharsets.UTF_8);
  }

  /** A file of an organisation. */
  Path file(String domain, String name) {
    return dir.resolve(domain).resolve(name);
  }

  private static Answer run(Map<String, String> environment, String... command) throws IOException {
    Path output = Files.createTempFile("lab", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " took longer than " + PATIENCE);
      }
      return new Answer(process.exitValue(), Files.readString(output).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(output);
    }
  }
}
