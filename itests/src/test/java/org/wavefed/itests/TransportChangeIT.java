// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;
import static org.wavefed.itests.Lab.INITECH;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;
import org.wavefed.itests.Lab.Transport;

/**
 * A running server changes its transport by features, and keeps its pins; its peer stays as it is.
 */
public class TransportChangeIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @ClassRule
  public static final Lab LAB =
      new Lab("change", Map.of(ACME, Transport.BOTH, INITECH, Transport.S2S));

  @Test
  public void serverShouldGoFromS2sToComponentAndBackByFeatures() throws IOException {
    String wave =
        LAB.console(ACME, "wave:create --as alice@" + ACME + " bob@" + INITECH)
            .lines()
            .reduce((first, last) -> last)
            .orElseThrow();
    expectAnswersToAPinnedComponent();
    LAB.console(ACME, "feature:uninstall wavefed-transport-component wavefed-transport-s2s");
    LAB.lab("stop", "prosody@" + ACME);
    expectOneTransport("s2s");
    expectConversation(wave, "by s2s");

    LAB.lab("start", "prosody@" + ACME);
    LAB.console(ACME, "feature:install wavefed-transport-component");
    expectOneTransport("component");
    expectConversation(wave, "by component");

    LAB.console(ACME, "feature:uninstall wavefed-transport-component");
    LAB.lab("stop", "prosody@" + ACME);
    expectOneTransport("s2s");
    expectConversation(wave, "by s2s again");
  }

  @Test
  public void pinShouldHoldAfterARestart() throws IOException {
    LAB.console(ACME, "wave:transports --pin " + INITECH + " s2s");
    assertThat(transports()).contains("s2s\tpinned");
    LAB.lab("crash", "wavefed@" + ACME);
    LAB.lab("start", "wavefed@" + ACME);
    assertThat(transports()).contains("s2s\tpinned");
    LAB.console(ACME, "wave:transports --unpin " + INITECH);
    assertThat(transports()).doesNotContain("pinned");
  }

  /** Names lead to the other transport first, so that answers come there. */
  private static void expectAnswersToAPinnedComponent() throws IOException {
    LAB.console(ACME, "wave:transports --pin " + INITECH + " component");
    assertThat(LAB.console(ACME, "wave:ping -c 2 " + INITECH))
        .contains("(component): seq=1", "(component): seq=2");
    LAB.console(ACME, "wave:transports --unpin " + INITECH);
  }

  private static String transports() throws IOException {
    return LAB.console(ACME, "wave:transports --no-format");
  }

  private static void expectOneTransport(String kind) {
    soon(
        () ->
            assertThat(
                    LAB.console(ACME, "wave:status --no-format")
                        .lines()
                        .filter(line -> line.startsWith("transport")))
                .singleElement()
                .asString()
                .contains(kind + " for " + ACME, "connected"));
  }

  /** Both write, and both see it. */
  private static void expectConversation(String wave, String how) {
    soon(() -> write(ACME, "alice", wave, how));
    soon(() -> write(INITECH, "bob", wave, how));
    for (String reader : new String[] {ACME + " alice", INITECH + " bob"}) {
      String[] who = reader.split(" ");
      soon(
          () ->
              assertThat(
                      LAB.console(
                          who[0],
                          "wave:show --no-format --as " + who[1] + "@" + who[0] + " " + wave))
                  .contains("alice " + how, "bob " + how));
    }
  }

  private static void write(String domain, String name, String wave, String how)
      throws IOException {
    LAB.console(
        domain,
        "wave:write --line text --as %s@%s %s '%s %s'".formatted(name, domain, wave, name, how));
  }

  private static void soon(org.awaitility.core.ThrowingRunnable check) {
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .ignoreException(IOException.class)
        .untilAsserted(check);
  }
}
