// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.model.Bytes;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.testkit.ca.IssuedCertificate;

class X509DeltaVerifierTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Bytes DELTA =
      Bytes.wrap("what was typed".getBytes(java.nio.charset.StandardCharsets.UTF_8));

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final SignerTable table = new SignerTable();
  private final AtomicReference<@Nullable DeltaStore> store = new AtomicReference<>(table.store());
  private final PkixVerifier verifier = Authorities.verifier(false, now::get);
  private final X509SignerStore signers =
      new X509SignerStore(verifier, () -> Optional.ofNullable(store.get()));
  private final X509DeltaVerifier deltas =
      new X509DeltaVerifier(verifier, signers, Signatures.fastest());

  @Test
  void deltaShouldBeAcceptedWhenEachDomainSignedInOrder() {
    keep(ACME, Authorities.ACME);
    keep(INITECH, Authorities.ED25519);
    List<DeltaSignature> made =
        List.of(
            sign(Authorities.ACME, SignatureAlgorithm.SHA1_RSA),
            sign(Authorities.ED25519, SignatureAlgorithm.ED25519));
    assertThat(verify(List.of(ACME, INITECH), made)).isEmpty();
    assertThat(verify(List.of(INITECH, ACME), made)).contains(Reason.WRONG_DOMAIN);
    assertThat(verify(List.of(ACME), made)).contains(Reason.BAD_SIGNATURE);
    assertThat(verify(List.of(ACME, INITECH), made.subList(0, 1))).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void everyAlgorithmShouldVerify() {
    keep(ACME, Authorities.ACME);
    for (SignatureAlgorithm algorithm :
        List.of(SignatureAlgorithm.SHA1_RSA, SignatureAlgorithm.SHA256_RSA)) {
      assertThat(verify(List.of(ACME), List.of(sign(Authorities.ACME, algorithm)))).isEmpty();
    }
  }

  @Test
  void deltaShouldBeRefusedWhenBytesOrAlgorithmDiffer() {
    keep(ACME, Authorities.ACME);
    DeltaSignature made = sign(Authorities.ACME, SignatureAlgorithm.SHA1_RSA);
    for (SignatureAlgorithm other :
        List.of(SignatureAlgorithm.SHA256_RSA, SignatureAlgorithm.ED25519)) {
      DeltaSignature relabelled = new DeltaSignature(made.signer(), other, made.signature());
      assertThat(verify(List.of(ACME), List.of(relabelled))).contains(Reason.BAD_SIGNATURE);
    }
    assertThat(reason(deltas.verify(Bytes.EMPTY, List.of(ACME), List.of(made))))
        .contains(Reason.BAD_SIGNATURE);
    assertThat(verify(List.of(ACME), List.of(made)))
        .as("a refusal leaves nothing behind")
        .isEmpty();
  }

  @Test
  void unknownSignerShouldBeNamed() {
    DeltaSignature made = sign(Authorities.ACME, SignatureAlgorithm.SHA1_RSA);
    CryptoException failure =
        (CryptoException)
            Failures.of(deltas.verify(DELTA, List.of(ACME), List.of(made))).orElseThrow();
    assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_SIGNER);
    assertThat(failure.signer()).contains(made.signer());
  }

  @Test
  void signerShouldBeReadOnceAndRefusedOnceExpired() {
    keep(ACME, Authorities.ACME);
    X509SignerStore restarted = new X509SignerStore(verifier, () -> Optional.of(table.store()));
    X509DeltaVerifier again = new X509DeltaVerifier(verifier, restarted, Signatures.jdk());
    int before = table.reads.get();
    DeltaSignature made = sign(Authorities.ACME, SignatureAlgorithm.SHA1_RSA);
    for (int i = 0; i < 5; i++) {
      assertThat(reason(again.verify(DELTA, List.of(ACME), List.of(made)))).isEmpty();
    }
    assertThat(table.reads.get() - before).isEqualTo(1);
    now.set(Instant.now().plus(Duration.ofDays(100)));
    assertThat(reason(again.verify(DELTA, List.of(ACME), List.of(made))))
        .contains(Reason.UNTRUSTED);
  }

  @Test
  void knownSignersShouldGoOnAndOthersWaitWhileThereIsNoStore() {
    keep(ACME, Authorities.ACME);
    store.set(null);
    assertThat(verify(List.of(ACME), List.of(sign(Authorities.ACME, SignatureAlgorithm.SHA1_RSA))))
        .isEmpty();
    SignerInfo other = info(INITECH, Authorities.ED25519);
    for (var asked :
        List.of(
            deltas.verify(
                DELTA,
                List.of(INITECH),
                List.of(sign(Authorities.ED25519, SignatureAlgorithm.ED25519))),
            signers.store(other),
            signers.find(id(Authorities.ED25519)))) {
      assertThat(Failures.of(asked))
          .get()
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
    }
    store.set(table.store());
    keep(INITECH, Authorities.ED25519);
  }

  @Test
  void storeShouldKeepAKnownSignerOnceAndFindIt() {
    assertThat(signers.find(id(Authorities.ACME)).toCompletableFuture().join()).isEmpty();
    keep(ACME, Authorities.ACME);
    keep(ACME, Authorities.ACME);
    assertThat(table.writes).hasValue(1);
    X509SignerStore restarted = new X509SignerStore(verifier, () -> Optional.of(table.store()));
    assertThat(restarted.find(id(Authorities.ACME)).toCompletableFuture().join())
        .contains(info(ACME, Authorities.ACME));
  }

  @Test
  void storeShouldRefuseWhatItCannotVerify() {
    assertThat(reason(signers.store(info(INITECH, Authorities.ACME))))
        .contains(Reason.WRONG_DOMAIN);
    assertThat(reason(signers.store(info(ACME, Authorities.EXPIRED)))).contains(Reason.UNTRUSTED);
    assertThat(reason(signers.store(info(ACME, Authorities.UNTRUSTED)))).contains(Reason.UNTRUSTED);
    assertThat(table.signers).isEmpty();
  }

  @Test
  void damagedStoreShouldBeNamed() {
    table.signers.put(id(Authorities.ACME).hash(), Bytes.wrap(new byte[] {99}));
    assertThat(Failures.of(signers.find(id(Authorities.ACME))))
        .get()
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
  }

  private void keep(String domain, IssuedCertificate certificate) {
    assertThat(signers.store(info(domain, certificate)).toCompletableFuture().join())
        .isEqualTo(id(certificate));
  }

  private Optional<Reason> verify(List<String> domains, List<DeltaSignature> made) {
    return reason(deltas.verify(DELTA, domains, made));
  }

  private static Optional<Reason> reason(java.util.concurrent.CompletionStage<?> stage) {
    return Failures.of(stage).map(e -> ((CryptoException) e).reason());
  }

  private static SignerInfo info(String domain, IssuedCertificate certificate) {
    return new SignerInfo(HashAlgorithm.SHA256, domain, certificate.der());
  }

  private static SignerId id(IssuedCertificate certificate) {
    return CertificateChain.parse(certificate.der()).id(HashAlgorithm.SHA256);
  }

  private static DeltaSignature sign(IssuedCertificate by, SignatureAlgorithm algorithm) {
    try {
      return new DeltaSignature(
          id(by), algorithm, Signatures.jdk().sign(algorithm, by.key(), DELTA));
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }
}
