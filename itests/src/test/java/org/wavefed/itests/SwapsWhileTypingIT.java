// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;
import static org.wavefed.itests.Lab.INITECH;
import static org.wavefed.itests.TypingServer.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;
import org.wavefed.itests.TypingTransport.Kind;

/** Users of two servers type all the time while parts of the servers come and go. */
public class SwapsWhileTypingIT {
  private static final int SWAPS = Integer.getInteger("wavefed.swaps", 100);
  private static final long SEED = Long.getLong("wavefed.swaps.seed", System.nanoTime());
  private static final int WAVELETS = 10;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** The native provider's, which never ends: each refresh of its bundle begins another. */
  private static final String CLEANER = "thread Native reference cleanup thread";

  private static final Map<String, List<String>> USERS =
      Map.of(
          ACME, List.of("alice@" + ACME, "carol@" + ACME),
          INITECH, List.of("bob@" + INITECH, "dave@" + INITECH));

  @ClassRule public static final Lab LAB = new Lab("typing", Lab.Transport.BOTH);

  @Test
  public void everythingAcceptedShouldBeThereOnceWhilePartsComeAndGo() throws Exception {
    System.out.println(SWAPS + " swaps while typing, -Dwavefed.swaps.seed=" + SEED);
    for (String domain : USERS.keySet()) {
      LAB.lab("configure", domain, "org.wavefed.server", "limits.reply.seconds", "4");
      LAB.lab("configure", domain, "org.wavefed.server", "limits.submit.seconds", "20");
    }
    try (TypingServer acme = new TypingServer(LAB, ACME);
        TypingServer initech = new TypingServer(LAB, INITECH)) {
      List<TypingServer> servers = List.of(acme, initech);
      Random random = new Random(SEED);
      // What is needed once stays; so everything happens once before it is counted.
      List<Swap> first = eachOnBoth(random);
      typeWhile(servers, first, random, 1);
      Map<String, Map<String, Long>> before = resources(servers);
      List<Swap> more = any(SWAPS - first.size(), random);
      typeWhile(servers, more, random, 3);
      assertNothingLeaked(servers, before, more);
    }
  }

  /**
   * All of them on both servers, and what concerns a transport over each of the two; without one
   * there is on the way there and back.
   */
  private static List<Swap> eachOnBoth(Random random) {
    List<Swap> home = new ArrayList<>(Swap.all(swap -> !swap.isChange()));
    List<Swap> away =
        new ArrayList<>(Swap.all(swap -> swap.concernsTransport() && !swap.outlastsPatience()));
    Collections.shuffle(home, random);
    Collections.shuffle(away, random);
    List<Swap> each = new ArrayList<>(home);
    each.add(Swap.CHANGE_GAP);
    each.addAll(away);
    each.addAll(
        List.of(
            Swap.CHANGE, Swap.CHANGE, Swap.CHANGE_GAP, Swap.CHANGE_DEFAULT, Swap.CHANGE_DEFAULT));
    return each.stream().flatMap(swap -> Stream.of(swap, swap)).toList();
  }

  /** Of those that others can overlap with. */
  private static List<Swap> any(int count, Random random) {
    List<Swap> all = Swap.all(swap -> !swap.outlastsPatience());
    return random.ints(count, 0, all.size()).mapToObj(all::get).toList();
  }

  /**
   * @param calm after one of how many swaps all get over it before the next; if that is 1, it is
   *     known of each what it did to users
   */
  private static void typeWhile(
      List<TypingServer> servers, List<Swap> swaps, Random random, int calm) throws IOException {
    List<String> wavelets = new ArrayList<>();
    for (int i = 0; i < WAVELETS; i++) {
      wavelets.add(create(servers.get(i % 2), servers.get(1 - i % 2)));
    }
    for (TypingServer server : servers) {
      for (String user : USERS.get(server.domain())) {
        for (String wavelet : wavelets) {
          server.type(user, wavelet);
        }
      }
    }
    awaitTyping(servers, "the beginning");
    Map<Swap, Long> slowest = new TreeMap<>();
    Map<String, Long> refusals = new LinkedHashMap<>();
    for (int i = 0; i < swaps.size(); i++) {
      Swap swap = swaps.get(i);
      String which = "swap " + i + ", " + swap + " at " + servers.get(i % 2).domain();
      long begun = System.nanoTime();
      long before = refusedWords(servers);
      swap.on(servers.get(i % 2));
      if (random.nextInt(calm) == 0) {
        awaitEverybody(servers, wavelets, which);
        slowest.merge(swap, Duration.ofNanos(System.nanoTime() - begun).toMillis(), Math::max);
      }
      if (calm == 1 && !swap.mayRefuse()) {
        refusals.merge(which, refusedWords(servers) - before, Long::sum);
      }
    }
    awaitEverybody(servers, wavelets, "all " + swaps.size() + " swaps");
    goHome(servers);
    System.out.println("slowest until all could type again, in ms: " + slowest);
    judge(servers, wavelets);
    refusals.values().removeIf(words -> words == 0);
    assertThat(refusals).as("words refused where there should be a delay alone").isEmpty();
  }

  private static long refusedWords(List<TypingServer> servers) throws IOException {
    long words = 0;
    for (TypingServer server : servers) {
      words += server.refusedWords();
    }
    return words;
  }

  /** Both begin and end as components, so that what they hold can be compared. */
  private static void goHome(List<TypingServer> servers) throws IOException {
    for (TypingServer server : servers) {
      if (server.transport().kind() != Kind.COMPONENT) {
        Swap.CHANGE.on(server);
        awaitTyping(servers, server.domain() + " is a component again");
      }
    }
  }

  private static String create(TypingServer host, TypingServer other) throws IOException {
    List<String> users = new ArrayList<>(USERS.get(host.domain()));
    users.addAll(USERS.get(other.domain()));
    return host.create(users.get(0), users.subList(1, users.size()).toArray(String[]::new));
  }

  /** Words of both sides are accepted in wavelets of both sides. */
  private static void awaitTyping(List<TypingServer> servers, String after) throws IOException {
    for (TypingServer server : servers) {
      Map<String, Long> before = server.counts();
      for (String where : List.of("hosted", "remote")) {
        await(
            "users of " + server.domain() + " type in " + where + " wavelets after " + after,
            () -> server.counts().getOrDefault(where, 0L) > before.getOrDefault(where, 0L));
      }
    }
  }

  /** Everybody who types has a word accepted in every wavelet. */
  private static void awaitEverybody(
      List<TypingServer> servers, List<String> wavelets, String after) throws IOException {
    for (TypingServer server : servers) {
      Map<String, Long> before = server.counts();
      List<String> waiting = new ArrayList<>();
      for (String user : USERS.get(server.domain())) {
        wavelets.forEach(wavelet -> waiting.add(user + " in " + wavelet));
      }
      Awaitility.await("everybody types after " + after)
          .atMost(SOON)
          .untilAsserted(
              () -> {
                Map<String, Long> now = server.counts();
                waiting.removeIf(who -> now.getOrDefault(who, 0L) > before.getOrDefault(who, 0L));
                assertThat(waiting).as("who cannot type").isEmpty();
              });
    }
  }

  private static void judge(List<TypingServer> servers, List<String> wavelets) throws IOException {
    List<TypingServer.Report> reports = new ArrayList<>();
    for (TypingServer server : servers) {
      reports.addAll(server.hush());
      System.out.println(server.domain() + " so far " + server.counts());
    }
    for (String wavelet : wavelets) {
      await(wavelet + " agrees", () -> copies(servers, wavelet).size() == 1);
    }
    System.out.println(
        "words: "
            + reports.stream().mapToInt(TypingServer.Report::typed).sum()
            + ", refused: "
            + reports.stream().mapToInt(report -> report.refused().size()).sum()
            + ", longest delay: "
            + reports.stream().mapToLong(TypingServer.Report::longest).max().orElseThrow()
            + " ms");
    for (TypingServer.Report report : reports) {
      String text = servers.get(0).read(USERS.get(ACME).get(0), report.wavelet()).get(1);
      String name = report.user().substring(0, report.user().indexOf('@'));
      assertThat(report.faults()).as(report.user() + " in " + report.wavelet()).isEmpty();
      assertThat(Arrays.stream(text.split(" ")).filter(word -> word.startsWith(name)))
          .as("words of " + report.user() + " in " + report.wavelet())
          .containsExactlyElementsOf(report.accepted());
    }
  }

  private static Set<List<String>> copies(List<TypingServer> servers, String wavelet)
      throws IOException {
    Set<List<String>> copies = new HashSet<>();
    for (TypingServer server : servers) {
      copies.add(server.read(USERS.get(server.domain()).get(0), wavelet));
    }
    return copies;
  }

  private static Map<String, Map<String, Long>> resources(List<TypingServer> servers)
      throws IOException {
    Map<String, Map<String, Long>> all = new LinkedHashMap<>();
    for (TypingServer server : servers) {
      all.put(server.domain(), server.resources());
    }
    return all;
  }

  private static void assertNothingLeaked(
      List<TypingServer> servers, Map<String, Map<String, Long>> before, List<Swap> swaps) {
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              for (int i = 0; i < servers.size(); i++) {
                TypingServer server = servers.get(i);
                Map<String, Long> more = server.resources();
                before
                    .get(server.domain())
                    .forEach((kind, count) -> more.merge(kind, -count, Long::sum));
                more.merge(CLEANER, -cleaners(swaps, i), Long::sum);
                more.values().removeIf(count -> count <= 0);
                assertThat(more).as("more at " + server.domain()).isEmpty();
                assertThat(server.inactive()).as("not active at " + server.domain()).isEmpty();
              }
            });
  }

  private static long cleaners(List<Swap> swaps, int server) {
    return IntStream.range(0, swaps.size())
        .filter(i -> i % 2 == server && swaps.get(i) == Swap.CORRETTO_REFRESH)
        .count();
  }
}
