// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;
import static org.wavefed.itests.Lab.INITECH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A server is set up step by step as {@code docs/s2s.md} shows it. */
public class DocumentedS2sIT {
  private static final Path GUIDE =
      Path.of(System.getProperty("wavefed.checkout"), "docs/s2s.md").toAbsolutePath().normalize();
  private static final String TRANSPORT = "org.wavefed.transport.s2s";
  private static final Duration SOON = Duration.ofSeconds(60);

  @ClassRule public static final Lab LAB = new Lab("documented-s2s", Lab.Transport.S2S);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void guideShouldLeadToAServerThatFederates() throws Exception {
    takeAway();
    run(block("```sh\n"));
    for (String line : block("```properties\n").lines().toList()) {
      String[] property = line.split(" = ", 2);
      LAB.lab("configure", ACME, "org.wavefed.server", property[0], property[1]);
      LAB.lab("configure", ACME, TRANSPORT, property[0], property[1]);
    }
    await(() -> lastLineWith("federation").contains("federation ready: [" + ACME + "] (s2s) at"));
    LAB.lab("configure", INITECH, "org.wavefed.dns.static", "records", zone());
    await(() -> LAB.console(ACME, block("```\nwave:ping").strip()).contains("3 answered"));
    await(() -> LAB.console(INITECH, "wave:ping -c 1 " + ACME).contains("1 answered"));
    share();
    List<ShownCommand> page = ShownCommand.in(Files.readString(GUIDE));
    assertThat(page).hasSizeGreaterThan(6);
    DocumentedOutput output = new DocumentedOutput();
    for (ShownCommand shown : page) {
      Optional<String> difference = output.difference(shown.output(), said(shown));
      assertThat(difference).as(shown.command() + ": " + difference.orElse("")).isEmpty();
    }
  }

  /** A call of the server's, so that it has a peer. */
  private static void share() throws IOException {
    LAB.console(INITECH, "wave:create --as bob@" + INITECH + " --text Lunch");
    String wave =
        LAB.console(INITECH, "wave:list --no-format --as bob@" + INITECH).split("\t", 2)[0];
    LAB.console(INITECH, "wave:add --as bob@" + INITECH + " " + wave + " alice@" + ACME);
    await(() -> LAB.console(INITECH, "wave:transports --no-format").contains(ACME));
  }

  /** What comes out, with the port and the address that an operator has. */
  private static List<String> said(ShownCommand shown) throws IOException {
    return DocumentedOutput.linesOf(
        LAB.tryConsole(shown.domain(), shown.command())
            .text()
            .replace(port(), "5269")
            .replace("127.0.0.1", "192.0.2.1"));
  }

  /** What is missing is told, one thing after the other, as the guide's table has it. */
  private static void takeAway() throws IOException {
    for (String file : new String[] {".key", ".crt"}) {
      Files.delete(LAB.file(ACME, "wavefed/etc/wavefed/tls/" + ACME + file));
    }
    Files.delete(LAB.file(ACME, "wavefed/etc/wavefed/tls"));
    LAB.lab("configure", ACME, TRANSPORT, "listen", "127.0.0.1:" + port());
    LAB.lab("configure", ACME, TRANSPORT, "domains", "");
    await(() -> lastLineWith("federation").contains("no federation: set domains in"));
    LAB.lab("configure", ACME, TRANSPORT, "domains", ACME);
    await(() -> lastLineWith("federation").matches(".*no federation: .* there is no .*tls.*"));
    LAB.lab("configure", ACME, TRANSPORT, "domains", "");
    await(() -> lastLineWith("federation").contains("no federation: set domains in"));
  }

  private void run(String script) throws Exception {
    Path output = folder.newFile().toPath();
    Process process =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(LAB.file(ACME, "wavefed").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /** The zone that the guide shows, and where INITECH itself is. */
  private static String zone() throws IOException {
    String shown = block("```\n_xmpp-server._tcp");
    assertThat(shown.lines()).hasSize(3);
    return shown
        .replace("5269", port())
        .replace("192.0.2.1", "127.0.0.1")
        .lines()
        .map(line -> line.replaceAll("\\s+", " "))
        .collect(Collectors.joining(", "));
  }

  private static String port() throws IOException {
    return LAB.setting(ACME, "S2S_PORT");
  }

  private static String lastLineWith(String word) throws IOException {
    return LAB.log(ACME)
        .lines()
        .filter(line -> line.contains(word))
        .reduce("", (first, last) -> last);
  }

  /** The first block that begins so, without its fences. */
  private static String block(String beginning) throws IOException {
    Matcher block =
        Pattern.compile(Pattern.quote(beginning) + ".*?^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(GUIDE));
    assertThat(block.find()).as(beginning).isTrue();
    return block.group().replaceAll("(?m)^```.*\n?", "");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .ignoreException(IOException.class)
        .until(condition);
  }
}
