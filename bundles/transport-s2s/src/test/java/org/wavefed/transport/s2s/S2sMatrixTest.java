// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.transport.s2s.End.Certificate;
import org.wavefed.transport.s2s.End.Dialback;
import org.wavefed.transport.s2s.End.Layout;
import org.wavefed.transport.s2s.End.Tls;

/**
 * Every combination of certificate, TLS, dialback and DNS on both ends, from the domain to the
 * stream, in memory: what comes of it, and what the operators are told.
 *
 * <p>These are 3,520 ends each with each, more than twelve million combinations, and each is
 * compared with what is expected of it. They are not all gone through one by one: what the DNS says
 * of an end decides which doors are tried and in which order, and the rest of both ends decides
 * what comes of it at a door; neither sees more of the other than that. So every two ends meet at
 * every kind of door, and of those that come out the same at all of them, to the letter, two go
 * every way that the DNS can send them ({@link Factors}). That nothing is lost by this is checked
 * with combinations that are gone through as a whole: some of them at random, or all, in a quarter
 * of an hour on two cores, with
 *
 * <pre>mvn test -pl bundles/transport-s2s -Dtest=S2sMatrixTest -Dmatrix.whole=true</pre>
 */
class S2sMatrixTest {
  private static final Logger LOG = LoggerFactory.getLogger(S2sMatrixTest.class);
  private static final boolean WHOLE = Boolean.getBoolean("matrix.whole");

  private static final int SAMPLE = 10_000;

  /** Another one is as good. */
  private static final long SEED = 20;

  private static final List<End> ONE_RECORD =
      ends(Certificate.values(), Tls.values(), Dialback.values(), false);
  private static final List<End> ENDS =
      ONE_RECORD.stream().flatMap(end -> Stream.of(Layout.values()).map(end::published)).toList();

  private static Factors factors;

  @BeforeAll
  static void goThroughTheFactors() {
    factors = new Factors(ONE_RECORD);
  }

  @Test
  void streamShouldComeOutAsExpectedInEveryCombination() {
    assertThat(ofAll(both -> unexpected(both, factors.of(both)))).isEmpty();
  }

  @Test
  void combinationShouldComeOutAsItsFactorsDoWhenGoneThroughAsAWhole() {
    assertThat(WHOLE ? ofAll(S2sMatrixTest::differing) : ofSome()).isEmpty();
  }

  @Test
  void streamShouldComeOutAsExpectedWhereOldPeersMayBeNamedByTheirCommonName() {
    Certificate[] certificates = {Certificate.NO_SAN, Certificate.VALID, Certificate.WRONG_NAME};
    Dialback[] dialback = {Dialback.EVERYBODY, Dialback.NOBODY};
    List<End> ends = ends(certificates, Tls.values(), dialback, false, true);
    assertThat(few(ends.stream().flatMap(from -> with(from, ends)), b -> unexpected(b, b.run())))
        .isEmpty();
  }

  private static List<String> ofSome() {
    Random random = new Random(SEED);
    return few(
        Stream.generate(() -> new Combination(any(random), any(random))).limit(SAMPLE),
        S2sMatrixTest::differing);
  }

  private static End any(Random random) {
    return ENDS.get(random.nextInt(ENDS.size()));
  }

  /** One end after the other with each. */
  private static List<String> ofAll(Function<Combination, Optional<String>> fault) {
    for (int i = 0; i < ENDS.size(); i++) {
      List<String> faults = few(with(ENDS.get(i), ENDS), fault);
      if (!faults.isEmpty()) {
        return faults;
      }
      if (WHOLE && i % 100 == 99) {
        LOG.info("{} of {} ends with each", i + 1, ENDS.size());
      }
    }
    return List.of();
  }

  private static Stream<Combination> with(End from, List<End> ends) {
    return ends.stream().map(to -> new Combination(from, to));
  }

  /** The first faults. */
  private static List<String> few(
      Stream<Combination> combinations, Function<Combination, Optional<String>> fault) {
    return combinations.toList().parallelStream()
        .flatMap(both -> fault.apply(both).stream())
        .limit(10)
        .toList();
  }

  private static Optional<String> differing(Combination both) {
    Outcome outcome = both.run();
    Outcome factored = factors.of(both);
    return outcome.equals(factored)
        ? unexpected(both, outcome)
        : Optional.of(
            "%s%n  the factors say %s%n  but it was %s".formatted(both, factored, outcome));
  }

  private static Optional<String> unexpected(Combination both, Outcome outcome) {
    Expected expected = both.expected();
    return outcome.is(expected)
        ? Optional.empty()
        : Optional.of("%s%n  expected %s%n  but it was %s".formatted(both, expected, outcome));
  }

  private static List<End> ends(
      Certificate[] certificates, Tls[] tls, Dialback[] dialback, boolean... oldPeers) {
    List<End> ends = new ArrayList<>();
    for (Certificate certificate : certificates) {
      for (Tls one : tls) {
        for (Dialback rule : dialback) {
          for (boolean old : oldPeers) {
            ends.add(new End(certificate, one, rule, Layout.ONE_RECORD, old));
          }
        }
      }
    }
    return ends;
  }
}
