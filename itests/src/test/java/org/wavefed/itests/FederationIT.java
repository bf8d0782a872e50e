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
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.AfterParam;
import org.junit.runners.Parameterized.BeforeParam;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;
import org.wavefed.itests.Lab.Transport;

/** Whole servers over each transport. */
@RunWith(Parameterized.class)
public class FederationIT {
  private static final String ALICE = "alice@" + ACME;
  private static final String BOB = "bob@" + INITECH;
  private static final Duration SOON = Duration.ofSeconds(60);

  private static Lab lab;

  @Parameter public Transport transport;

  @Parameters(name = "{0}")
  public static List<Transport> transports() {
    return List.of(Transport.S2S, Transport.COMPONENT);
  }

  @BeforeParam
  public static void start(Transport transport) throws Exception {
    lab = new Lab("federation-" + transport, transport);
    lab.before();
  }

  @AfterParam
  public static void stop() {
    lab.after();
  }

  @Test
  public void pingShouldFindThePeerByDns() throws IOException {
    assertThat(lab.console(ACME, "wave:ping -c 2 " + INITECH))
        .contains("2 sent, 2 answered, 0% loss");
  }

  @Test
  public void pingShouldSayWhatIsWrongWhenThereIsNoSuchDomain() throws IOException {
    Lab.Answer answer = lab.tryConsole(ACME, "wave:ping -c 1 nosuch.example");
    assertThat(answer.text()).contains("nosuch.example").contains("1 sent, 0 answered");
  }

  @Test
  public void conversationShouldBeTheSameOnBothSides() throws IOException {
    String wave = createWith(ACME, ALICE, BOB);
    lab.console(ACME, write(ALICE, wave, "Lunch?"));
    awaitWave(INITECH, BOB, wave);
    lab.console(INITECH, write(BOB, wave, "At noon."));
    awaitAgreement(wave);
    assertThat(show(ACME, ALICE, wave))
        .contains("Lunch?", "At noon.")
        .isEqualTo(show(INITECH, BOB, wave));
  }

  @Test
  public void conversationShouldBeTheSameWhenTheOtherSideBegins() throws IOException {
    String wave = createWith(INITECH, BOB, ALICE);
    awaitWave(ACME, ALICE, wave);
    lab.console(ACME, write(ALICE, wave, "Thank you."));
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
    lab.lab("crash", "wavefed@" + INITECH);
    lab.console(ACME, write(ALICE, wave, "Are you there?"), write(ALICE, wave, "Hello?"));
    lab.lab("start", "wavefed@" + INITECH);
    awaitAgreement(wave);
    assertThat(show(INITECH, BOB, wave)).contains("Are you there?", "Hello?");
  }

  @Test
  public void nothingShouldBeLostWhenTheHostIsUnreachableForAWhile() throws IOException {
    String wave = createWith(ACME, ALICE, BOB);
    awaitWave(INITECH, BOB, wave);
    cut();
    lab.console(ACME, write(ALICE, wave, "Written meanwhile."));
    Lab.Answer refused = lab.tryConsole(INITECH, write(BOB, wave, "Not accepted."));
    assertThat(refused.ok()).as(refused.text()).isFalse();
    mend();
    awaitAgreement(wave);
    assertThat(show(INITECH, BOB, wave)).contains("Written meanwhile.");
  }

  /** Nobody reaches ACME, and ACME reaches nobody. */
  private void cut() throws IOException {
    if (transport == Transport.S2S) {
      lab.console(ACME, "bundle:stop org.wavefed.transport-s2s");
    } else {
      lab.lab("stop", "prosody@" + ACME);
    }
  }

  private void mend() throws IOException {
    if (transport == Transport.S2S) {
      lab.console(ACME, "bundle:start org.wavefed.transport-s2s");
    } else {
      lab.lab("start", "prosody@" + ACME);
    }
  }

  private static String createWith(String domain, String user, String... others)
      throws IOException {
    return lab.console(domain, "wave:create --as " + user + " " + String.join(" ", others))
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
    return () -> lab.console(domain, commands);
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
            lab.console(domain, "wave:list --no-format --as " + user)
                .lines()
                .collect(Collectors.joining(" "))
                .contains(wave));
  }

  private static void awaitAgreement(String wave) {
    await(() -> hash(ACME, ALICE, wave).equals(hash(INITECH, BOB, wave)));
  }

  private static String hash(String domain, String user, String wave) throws IOException {
    return lab.console(domain, "wave:show --hash --no-format --as " + user + " " + wave);
  }

  private static String show(String domain, String user, String wave) throws IOException {
    return lab.console(domain, "wave:show --no-format --as " + user + " " + wave);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(condition);
  }
}
