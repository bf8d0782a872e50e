// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * {@code docs/console.md}: every command on the page is run, in its order, and what comes out is
 * what the page shows. The servers are configured as {@code docs/prosody.md} shows it.
 */
public class DocumentedConsoleIT {
  private static final Path DOCS =
      Path.of(System.getProperty("wavefed.checkout"), "docs").toAbsolutePath().normalize();
  private static final Pattern AS = Pattern.compile("wave:as \\S+@\\S+");

  /** They change nothing, so they may be asked again until what was written has arrived. */
  private static final Pattern LOOKS = Pattern.compile("wave:(status|list|show|history|peers) ?.*");

  private static final Duration SOON = Duration.ofSeconds(30);

  @ClassRule public static final Lab LAB = new Lab("documented", Lab.Transport.COMPONENT);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final DocumentedOutput output = new DocumentedOutput();
  private final Map<String, String> actingAs = new HashMap<>();

  /** A watch that goes on while other commands are run. */
  private record Watch(ShownCommand shown, Process process, Path file) {}

  @BeforeClass
  public static void configureAsTheGuideShows() throws IOException {
    Path prosody = LAB.file(ACME, "prosody/prosody.cfg.lua");
    String ofLab = Files.readString(prosody);
    String shown =
        block("prosody.md", "lua").replace("changeme", LAB.setting(ACME, "COMPONENT_SECRET"));
    LAB.lab("stop", "prosody@" + ACME);
    Files.writeString(
        prosody,
        ofLab.substring(0, ofLab.indexOf("-- What docs/prosody.md explains."))
            + "modules_disabled = { \"c2s\", \"offline\" }\n"
            + ofLab.lines().filter(line -> line.startsWith("ssl =")).findFirst().orElseThrow()
            + "\n"
            + shown);
    for (String line : block("prosody.md", "properties").lines().toList()) {
      String[] property = line.split(" = ", 2);
      String setting =
          Map.of("port", "COMPONENT_PORT", "secret", "COMPONENT_SECRET")
              .getOrDefault(property[0], "");
      LAB.lab(
          "configure",
          ACME,
          "org.wavefed.transport.component-default",
          property[0],
          setting.isEmpty() ? property[1] : LAB.setting(ACME, setting));
    }
    LAB.lab("start", "prosody@" + ACME);
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(LAB.console(ACME, "wave:status --no-format"))
                    .contains("component for " + ACME + "\tconnected"));
  }

  @Test
  public void everyCommandShouldShowWhatThePageShows() throws Exception {
    List<ShownCommand> page = ShownCommand.in(page("console.md"));
    assertThat(page).hasSizeGreaterThan(20);
    List<Watch> watches = new ArrayList<>();
    for (ShownCommand shown : page) {
      if (shown.command().startsWith("wave:watch")) {
        watches.add(watch(shown));
      } else if (LOOKS.matcher(shown.command()).matches()) {
        Awaitility.await()
            .atMost(SOON)
            .pollDelay(Duration.ZERO)
            .untilAsserted(() -> expect(shown, run(shown)));
      } else {
        expect(shown, run(shown));
      }
    }
    for (Watch watch : watches) {
      expectAtTheEnd(watch);
    }
  }

  @Test
  public void scriptShouldRunInTheServersFolder() throws Exception {
    Matcher script = Pattern.compile("(?m)^echo .*bin/client -b$").matcher(page("console.md"));
    assertThat(script.find()).isTrue();
    Path file = folder.newFile().toPath();
    Process process = start(file, "sh", "-c", script.group());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(file)).isZero();
  }

  @Test
  public void everyFileOfAServerThatGuidesNameShouldBeThere() throws IOException {
    for (String guide : List.of("console.md", "operations.md", "prosody.md", "certificates.md")) {
      Matcher name =
          Pattern.compile("`((?:etc|bin|data|waves)/[\\w./-]*)[` ]").matcher(page(guide));
      while (name.find()) {
        // The lab trusts its own authority, so that it needs no folder of others; and certificates
        // of
        // streams are what servers without an XMPP server in front have: DocumentedS2sIT.
        if (!name.group(1).matches(".*NAME.*|etc/wavefed/(trust|tls).*")) {
          assertThat(LAB.file(ACME, "wavefed/" + name.group(1))).as(guide).exists();
        }
      }
    }
  }

  private void expect(ShownCommand shown, List<String> seen) {
    Optional<String> difference = output.difference(shown.output(), seen);
    assertThat(difference)
        .as(shown.command() + difference.map(it -> ": " + it).orElse(""))
        .isEmpty();
  }

  /** What a command prints; what it refuses is printed, too. */
  private List<String> run(ShownCommand shown) throws IOException, InterruptedException {
    Path file = folder.newFile().toPath();
    Process process = console(shown, file);
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(shown.command() + " does not end: " + Files.readString(file));
    }
    if (AS.matcher(shown.command()).matches()) {
      actingAs.put(shown.domain(), shown.command());
    }
    return linesOf(shown, file);
  }

  private Watch watch(ShownCommand shown) throws IOException {
    Path file = folder.newFile().toPath();
    ShownCommand shorter =
        new ShownCommand(
            shown.domain(), shown.command().replace("--for 60", "--for 20"), shown.output());
    Watch watch = new Watch(shown, console(shorter, file), file);
    Awaitility.await()
        .atMost(SOON)
        .until(() -> LAB.console(shown.domain(), "shell:threads").contains("WatchCommand.show"));
    return watch;
  }

  private void expectAtTheEnd(Watch watch) throws IOException, InterruptedException {
    try {
      assertThat(watch.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      expect(watch.shown, linesOf(watch.shown, watch.file));
    } finally {
      watch.process.destroy();
    }
  }

  /** Starts a console that runs the command as the user that the page has set before. */
  private Process console(ShownCommand shown, Path file) throws IOException {
    String as = actingAs.containsKey(shown.domain()) ? actingAs.get(shown.domain()) + "\n" : "";
    Process process =
        start(
            shown.domain(), file, LAB.file(shown.domain(), "wavefed/bin/client").toString(), "-b");
    process
        .getOutputStream()
        .write((as + output.command(shown.command()) + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    return process;
  }

  private List<String> linesOf(ShownCommand shown, Path file) throws IOException {
    List<String> lines = DocumentedOutput.linesOf(Files.readString(file).stripTrailing());
    boolean saysWho =
        actingAs.containsKey(shown.domain()) && !AS.matcher(shown.command()).matches();
    return saysWho && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
  }

  private static Process start(Path file, String... command) throws IOException {
    return start(ACME, file, command);
  }

  /** What the client itself has to say goes to its error stream; what servers refuse does not. */
  private static Process start(String domain, Path file, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(LAB.file(domain, "wavefed").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(file.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_"));
    builder.environment().put("KARAF_EXEC", "exec");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  private static String page(String name) throws IOException {
    return Files.readString(DOCS.resolve(name));
  }

  private static String block(String page, String language) throws IOException {
    Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(page(page));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
