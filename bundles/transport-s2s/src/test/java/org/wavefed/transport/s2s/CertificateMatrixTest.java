// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;

/** What comes of every combination of certificates and policies on both ends, worked out first. */
class CertificateMatrixTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";

  /** A certificate, and whether it stands for its domain. */
  enum Certificate {
    GOOD(true),
    WILDCARD(true),
    SERVER_ONLY(true),
    EXPIRED(false),
    UNKNOWN_ROOT(false),
    OTHER_NAME(false),
    COMMON_NAME_ONLY(false),
    SUFFIX(false);

    final boolean stands;

    Certificate(boolean stands) {
      this.stands = stands;
    }

    IssuedCertificate of(String domain, Lab lab) {
      Leaf leaf = Lab.leaf(domain);
      return switch (this) {
        case GOOD -> lab.authority.issue(leaf);
        case WILDCARD -> lab.authority.issue(leaf.withDnsNames(domain, "*." + domain));
        case SERVER_ONLY ->
            lab.authority.issue(leaf.withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        case EXPIRED -> lab.authority.issue(leaf.expired());
        case UNKNOWN_ROOT -> lab.stranger.issue(leaf);
        case OTHER_NAME -> lab.authority.issue(Lab.leaf("other.example"));
        case COMMON_NAME_ONLY -> lab.authority.issue(leaf.withDnsNames());
        case SUFFIX -> lab.authority.issue(leaf.withDnsNames("evil" + domain, "example"));
      };
    }
  }

  private final Lab lab = new Lab();

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  static Stream<Arguments> combinations() {
    return Stream.of(Certificate.values())
        .flatMap(
            acme ->
                Stream.of(Certificate.values())
                    .filter(initech -> acme == Certificate.GOOD || initech == Certificate.GOOD)
                    .map(initech -> List.of(acme, initech)))
        .flatMap(
            both ->
                Stream.of(true, false)
                    .flatMap(
                        here ->
                            Stream.of(true, false)
                                .map(
                                    there -> Arguments.of(both.get(0), both.get(1), here, there))));
  }

  /**
   * A call needs streams in both directions, as its answer comes on one of the other side. A stream
   * is let in by certificate if both do; otherwise both ends must allow dialback.
   */
  private static boolean isExpected(
      Certificate acme, Certificate initech, boolean acmeDialback, boolean initechDialback) {
    return (acme.stands && initech.stands) || (acmeDialback && initechDialback);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void callShouldWorkExactlyWhenBothEndsBelieveEachOther(
      Certificate acme, Certificate initech, boolean acmeDialback, boolean initechDialback) {
    Server here = start(ACME, acme, acmeDialback);
    Server there = start(INITECH, initech, initechDialback);
    Throwable failure =
        here.transport()
            .ping(new Route(ACME, INITECH), Duration.ofSeconds(10))
            .handle((done, thrown) -> thrown)
            .toCompletableFuture()
            .join();
    if (isExpected(acme, initech, acmeDialback, initechDialback)) {
      assertThat(failure).isNull();
    } else {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      assertThat(cause).isInstanceOf(FederationException.class);
      assertThat(there.handler().received).isEmpty();
    }
  }

  private Server start(String domain, Certificate certificate, boolean dialback) {
    return lab.start(
        Map.of(domain, certificate.of(domain, lab)),
        dialback ? Lab.DIALBACK : Lab.CERTIFICATES,
        false);
  }
}
