// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;
import static org.wavefed.itests.Lab.INITECH;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/** Whole servers, as components of real Prosodys that find each other by a real DNS server. */
public class FederationIT {
  private static final String ALICE = "alice@" + ACME;
  private static final String BOB = "bob@" + INITECH;
  private static final Duration SOON = Duration.ofSeconds(60);

  @ClassRule public static final Lab LAB = new Lab("federation", ACME, INITECH);

  @Test
  public void pingShouldFindThePeerByDns() throws IOException {
    assertThat(LAB.console(ACME, "wave:ping -c 2 " + INITECH))
        .contains("2 sent, 2 answered, 0% loss");
  }

  @Test
  public void pingShouldSayWhatIsWrongWhenThereIsNoSuchDomain() throws IOException {
    Lab.Answer answer = LAB.tryConsole(ACME, "wave:ping -c 1 nosuch.example");
    assertThat(answer.text()).contains("nosuch.example").contains("1 sent, 0 answered");
  }

  @Test
  public void conversationShouldBeTheSameOnBothSides() throws IOException {
    String wave = createWith(ACME, ALICE, BOB);
    LAB.console(ACME, write(ALICE, wave, "Lunch?"));
    awaitWave(INITECH, BOB, wave);
    LAB.console(INITECH, write(BOB, wave, "At noon."));
    awaitAgreement(wave);
    assertThat(show(ACME, ALICE, wave))
        .contains("Lunch?", "At noon.")
        .isEqualTo(show(INITECH, BOB, wave));
  }

  @Test
  public void conversationShouldBeTheSameWhenTheOtherSideBegins() throws IOException {
    String wave = createWith(INITECH, BOB, ALICE);
    awaitWave(ACME, ALICE, wave);
    LAB.console(ACME, write(ALICE, wave, "Thank you."));
    awaitAgreement(wave);
    assertThat(show(INITECH, BOB, wave)).contains("Thank you.");
  }

  @Test
  public void copiesShouldAgreeWhenManyTypeAtOnceInTenWavelets() throws Exception {
    List<String> waves = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waves.add(
          i % 2 == 0
              ? createWith(ACME, ALICE, "carol@" + ACME, BOB, "dave@" + INITECH)
              : createWith(INITECH, BOB, "dave@" + INITECH, ALICE, "carol@" + ACME));
    }
    for (String wave : waves) {
      awaitWave(ACME, ALICE, wave);
      awaitWave(INITECH, BOB, wave);
    }
    inParallel(
        typing(ACME, ALICE, waves),
        typing(ACME, "carol@" + ACME, waves),
        typing(INITECH, BOB, waves),
        typing(INITECH, "dave@" + INITECH, waves));
    for (String wave : waves) {
      awaitAgreement(wave);
      String text = show(ACME, ALICE, wave);
      for (String name : List.of("alice", "carol", "bob", "dave")) {
        assertThat(text).contains(name + " 1.", name + " 2.", name + " 3.");
      }
    }
  }

  @Test
  public void peerShouldCatchUpAfterACrash() throws IOException {
    String wave = createWith(ACME, ALICE, BOB);
    awaitWave(INITECH, BOB, wave);
    LAB.lab("crash", "wavefed@" + INITECH);
    LAB.console(ACME, write(ALICE, wave, "Are you there?"), write(ALICE, wave, "Hello?"));
    LAB.lab("start", "wavefed@" + INITECH);
    awaitAgreement(wave);
    assertThat(show(INITECH, BOB, wave)).contains("Are you there?", "Hello?");
  }

  @Test
  public void nothingShouldBeLostWhenTheHostIsUnreachableForAWhile() throws IOException {
    String wave = createWith(ACME, ALICE, BOB);
    awaitWave(INITECH, BOB, wave);
    LAB.lab("stop", "prosody@" + ACME);
    LAB.console(ACME, write(ALICE, wave, "Written meanwhile."));
    Lab.Answer refused = LAB.tryConsole(INITECH, write(BOB, wave, "Not accepted."));
    assertThat(refused.ok()).as(refused.text()).isFalse();
    LAB.lab("start", "prosody@" + ACME);
    awaitAgreement(wave);
    assertThat(show(INITECH, BOB, wave)).contains("Written meanwhile.");
  }

  @Test
  public void wrongSecretShouldBeToldAndMendedWithoutARestart() throws IOException {
    String component = "org.wavefed.transport.component-default";
    LAB.lab("configure", INITECH, component, "secret", "wrong");
    await(() -> LAB.log(INITECH).contains("secret"));
    assertThat(LAB.log(INITECH)).doesNotContain("wrong\n");
    LAB.lab(
        "configure", INITECH, component, "secret", LAB.lab("setting", INITECH, "COMPONENT_SECRET"));
    await(() -> LAB.tryConsole(ACME, "wave:ping -c 1 " + INITECH).text().contains("1 answered"));
  }

  private static String createWith(String domain, String user, String... others)
      throws IOException {
    return LAB.console(domain, "wave:create --as " + user + " " + String.join(" ", others))
        .lines()
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static String write(String user, String wave, String text) {
    return "wave:write --as " + user + " --line text " + wave + " '" + text + "'";
  }

  private static Callable<String> typing(String domain, String user, List<String> waves) {
    String name = user.substring(0, user.indexOf('@'));
    String[] commands =
        IntStream.rangeClosed(1, 3)
            .boxed()
            .flatMap(n -> waves.stream().map(wave -> write(user, wave, name + " " + n + ".")))
            .toArray(String[]::new);
    return () -> LAB.console(domain, commands);
  }

  @SafeVarargs
  private static void inParallel(Callable<String>... tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.length);
    try {
      for (Future<String> done : threads.invokeAll(List.of(tasks))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitWave(String domain, String user, String wave) {
    await(
        () ->
            LAB.console(domain, "wave:list --no-format --as " + user)
                .lines()
                .collect(Collectors.joining(" "))
                .contains(wave));
  }

  private static void awaitAgreement(String wave) {
    await(() -> hash(ACME, ALICE, wave).equals(hash(INITECH, BOB, wave)));
  }

  private static String hash(String domain, String user, String wave) throws IOException {
    return LAB.console(domain, "wave:show --hash --no-format --as " + user + " " + wave);
  }

  private static String show(String domain, String user, String wave) throws IOException {
    return LAB.console(domain, "wave:show --no-format --as " + user + " " + wave);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(condition);
  }
}
