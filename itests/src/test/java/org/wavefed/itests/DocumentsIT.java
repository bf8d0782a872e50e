// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/** What the guides show is what the lab runs, and what they promise of a new server holds. */
public class DocumentsIT {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("wavefed.checkout")).toAbsolutePath().normalize();

  private static final Duration SOON = Duration.ofSeconds(60);

  @ClassRule
  public static final Lab LAB = new Lab("documents", Map.of(ACME, Lab.Transport.COMPONENT));

  @Test
  public void prosodyGuideShouldShowWhatTheLabRuns() throws IOException {
    String secret = LAB.setting(ACME, "COMPONENT_SECRET");
    String shown = block("lua").replace("changeme", secret);
    assertThat(Files.readAllLines(LAB.file(ACME, "prosody/prosody.cfg.lua")))
        .containsAll(shown.lines().toList());
  }

  @Test
  public void prosodyGuideShouldShowTheZoneThatTheLabServes() throws IOException {
    String zone = Files.readString(LAB.file("dns", "zones/" + ACME + ".zone"));
    assertThat(Pattern.compile("^_xmpp.*$", Pattern.MULTILINE).matcher(zone).results())
        .hasSize(2)
        .extracting(MatchResult::group)
        .allSatisfy(
            line -> assertThat(guide()).contains(line.replaceFirst("5 0 \\d+", "5 0 5269")));
  }

  @Test
  public void prosodyGuideShouldShowKeysOfTheComponent() throws IOException {
    String file =
        Files.readString(LAB.file(ACME, "wavefed/etc/org.wavefed.transport.component-default.cfg"));
    assertThat(block("properties").lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(file).contains("\n" + line.split("=", 2)[0] + "="));
  }

  @Test
  public void ejabberdGuideShouldShowTheSameComponentAndZone() throws IOException {
    String ejabberd = Files.readString(CHECKOUT.resolve("docs/ejabberd.md"));
    assertThat(ejabberd)
        .contains("```properties\n" + block("properties") + "```")
        .contains("```\n_xmpp" + guide().split("```\n_xmpp")[1].split("```")[0] + "```");
  }

  @Test
  public void wrongSecretShouldBeToldAndMendedWithoutARestart() throws IOException {
    String component = "org.wavefed.transport.component-default";
    LAB.lab("configure", ACME, component, "secret", "wrong");
    await(() -> LAB.log(ACME).contains("secret"));
    assertThat(LAB.log(ACME)).doesNotContain("wrong\n");
    LAB.lab("configure", ACME, component, "secret", LAB.setting(ACME, "COMPONENT_SECRET"));
    await(
        () ->
            LAB.console(ACME, "wave:status --no-format")
                .contains("component for " + ACME + "\tconnected"));
  }

  @Test
  public void consoleUserShouldHaveAPasswordThatNobodyKnows() throws IOException {
    Path users = LAB.file(ACME, "wavefed/etc/users.properties");
    assertThat(Files.readString(users))
        .containsPattern("(?m)^karaf = [0-9a-f]{32},_g_:admingroup$");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
        .isEqualTo("rw-------");
  }

  @Test
  public void environmentShouldConfigureAServer() throws IOException {
    LAB.lab("stop", "wavefed@" + ACME);
    LAB.lab("configure", ACME, "org.wavefed.server", "domains", "${env:WAVEFED_DOMAINS:-}");
    LAB.lab(Map.of("WAVEFED_DOMAINS", "named.example"), "start", "wavefed@" + ACME);
    assertThat(LAB.console(ACME, "wave:status")).contains("named.example");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(condition);
  }

  private static String guide() throws IOException {
    return Files.readString(CHECKOUT.resolve("docs/prosody.md"));
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
