// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SigningKeys.KeyStatus;
import org.wavefed.model.Bytes;
import org.wavefed.testkit.ca.IssuedCertificate;

class X509CryptoTest {
  private static final String DOMAIN = "acmewave.example";
  private static final Bytes DELTA = Bytes.wrap(new byte[] {1, 2, 3});

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final SignerTable table = new SignerTable();

  @TempDir Path folder;
  private Path keys;
  private Path trust;
  private Settings settings;

  @BeforeEach
  void layOut() {
    keys = folder.resolve("wavefed/keys");
    trust = folder.resolve("trust");
    settings = Settings.of(trust, keys).withRecheck(Duration.ZERO);
    Authorities.ROOT.write(trust.resolve("root.pem"));
  }

  @Test
  void keyShouldSignFromTheImportOfItsChainOn() throws IOException {
    X509Crypto crypto = crypto();
    String request = crypto.create("AcmeWave.example", SignatureAlgorithm.SHA1_RSA);
    assertThat(Files.readString(keys.resolve(DOMAIN + ".csr"))).isEqualTo(request);
    assertThat(permissions(keys)).isEqualTo("rwx------");
    assertThat(permissions(keys.resolve(DOMAIN + ".key"))).isEqualTo("rw-------");
    assertThat(only(crypto).state()).isEqualTo("waiting for its certificate");
    assertThat(crypto.domains()).isEmpty();
    assertThatThrownBy(() -> crypto.sign(DOMAIN, DELTA)).hasMessageContaining("wave:keys");

    KeyStatus imported = crypto.importChain(DOMAIN, Authorities.INTERMEDIATE.sign(request));

    assertThat(imported.state()).isEqualTo("in use");
    assertThat(imported.subject()).isEqualTo("CN=" + DOMAIN);
    assertThat(imported.issuer()).isEqualTo("CN=Intermediate");
    assertThat(imported.notAfter()).isAfter(Instant.now());
    assertThat(crypto.domains()).containsExactly(DOMAIN);
    assertVerifies(crypto, crypto.sign(DOMAIN, DELTA));
    assertThat(table.signers).containsKey(crypto.sign(DOMAIN, DELTA).signer().hash());
    assertThat(fileNames())
        .containsExactlyInAnyOrder(DOMAIN + ".key", DOMAIN + ".csr", DOMAIN + ".crt");
  }

  @Test
  void everyKindOfKeyShouldBeMadeAndSign() {
    X509Crypto crypto = crypto();
    String request = crypto.create(DOMAIN, SignatureAlgorithm.ED25519);
    crypto.importChain(DOMAIN, Authorities.ROOT.sign(request));
    DeltaSignature made = crypto.sign(DOMAIN, DELTA);
    assertThat(made.algorithm()).isEqualTo(SignatureAlgorithm.ED25519);
    assertVerifies(crypto, made);
    assertThatThrownBy(() -> crypto.create(DOMAIN, SignatureAlgorithm.SHA256_RSA))
        .hasMessageContaining("rsa.signature");
  }

  @Test
  void earlierKeyShouldStayInUseUntilTheNewOnesChainIsImported() {
    Authorities.ACME.write(keys, DOMAIN);
    X509Crypto crypto = crypto();
    DeltaSignature before = crypto.sign(DOMAIN, DELTA);
    String request = crypto.create(DOMAIN, SignatureAlgorithm.SHA1_RSA);
    assertThat(crypto.sign(DOMAIN, DELTA)).isEqualTo(before);
    assertThat(crypto.list())
        .extracting(KeyStatus::state)
        .containsExactly("in use", "waiting for its certificate");

    crypto.importChain(DOMAIN, Authorities.ROOT.sign(request));

    assertThat(crypto.sign(DOMAIN, DELTA).signer()).isNotEqualTo(before.signer());
    assertThat(only(crypto).state()).isEqualTo("in use");
    assertVerifies(crypto, before);
  }

  @Test
  void keyShouldBeInUseWhenACrashCameBetweenChainAndKey() throws IOException {
    Authorities.ACME.write(keys, DOMAIN);
    X509Crypto crypto = crypto();
    String request = crypto.create(DOMAIN, SignatureAlgorithm.SHA1_RSA);
    Files.writeString(keys.resolve(DOMAIN + ".crt"), Authorities.ROOT.sign(request));
    assertVerifies(crypto, crypto.sign(DOMAIN, DELTA));
    assertThat(crypto.list())
        .extracting(KeyStatus::state)
        .containsExactly("waiting for its certificate", "in use");
  }

  @Test
  void importShouldChangeNothingWhenRefused() throws IOException {
    X509Crypto crypto = crypto();
    refuseImport(crypto, Reason.NO_KEY, Authorities.ACME.chainPem(), "create one first");
    String request = crypto.create(DOMAIN, SignatureAlgorithm.SHA1_RSA);
    String good = Authorities.INTERMEDIATE.sign(request);
    refuseImport(crypto, Reason.BAD_CERTIFICATE, "no certificate at all", "has no certificate");
    refuseImport(
        crypto,
        Reason.BAD_CERTIFICATE,
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "broken PEM");
    refuseImport(
        crypto, Reason.BAD_CERTIFICATE, Authorities.ACME.chainPem(), "does not belong to the key");
    int second = good.indexOf("-----BEGIN", 1);
    refuseImport(
        crypto,
        Reason.BAD_CERTIFICATE,
        good.substring(second) + good.substring(0, second),
        "put it first");
    refuseImport(crypto, Reason.UNTRUSTED, good.substring(0, second), "no path from");
    refuseImport(crypto, Reason.UNTRUSTED, Authorities.STRANGER.sign(request), "no path from");
    assertThat(fileNames()).containsExactlyInAnyOrder(DOMAIN + ".key", DOMAIN + ".csr");
  }

  @Test
  void domainShouldBeRefusedWhenItIsNone() {
    for (String bad :
        List.of("", ".", "..", "../x", "a/b", "a..b", "-a", "a b", "a\n", "é.example")) {
      assertThatThrownBy(() -> crypto().create(bad, SignatureAlgorithm.SHA1_RSA))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_DOMAIN));
    }
    assertThat(Files.exists(keys)).isFalse();
  }

  @Test
  void existingKeyAndChainShouldBeTakenUpWithoutARestart() {
    X509Crypto crypto = crypto();
    assertThat(crypto.domains()).isEmpty();
    Authorities.ACME.write(keys, DOMAIN);
    assertThat(crypto.domains()).containsExactly(DOMAIN);
  }

  @Test
  void keyShouldBeTakenInEitherFormOfPem() throws IOException {
    Authorities.ACME.write(keys, DOMAIN);
    Files.writeString(keys.resolve(DOMAIN + ".key"), pkcs1(Authorities.ACME));
    X509Crypto crypto = crypto();
    assertVerifies(crypto, crypto.sign(DOMAIN, DELTA));
    Files.writeString(
        keys.resolve(DOMAIN + ".key"),
        "-----BEGIN RSA PRIVATE KEY-----\n" //
            + "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
            + "AAAA\n-----END RSA PRIVATE KEY-----\n");
    assertThat(only(crypto).state()).contains("is encrypted");
  }

  @Test
  void trustRootsShouldBeTakenUpAndDroppedWithoutARestart() throws IOException {
    IssuedCertificate stranger = Authorities.UNTRUSTED;
    X509Crypto crypto = crypto();
    var signer = new SignerInfo(SignerInfo.HashAlgorithm.SHA256, DOMAIN, stranger.der());
    assertThat(Failures.of(crypto.store(signer))).isPresent();
    Authorities.STRANGER.write(trust.resolve("stranger.crt"));
    assertThat(Failures.of(crypto.store(signer))).isEmpty();
    Files.delete(trust.resolve("stranger.crt"));
    assertThat(Failures.of(crypto.store(signer))).isPresent();
  }

  @Test
  void settingsShouldApplyWithoutARestart() {
    Authorities.COMMON_NAME.write(keys, DOMAIN);
    X509Crypto crypto = crypto();
    assertThat(crypto.domains()).isEmpty();
    assertThat(only(crypto).state()).contains("accept.common.name");
    crypto.configure(settings.withAcceptCommonName(true));
    assertThat(crypto.domains()).containsExactly(DOMAIN);
  }

  @Test
  void expiredKeyShouldNotSign() {
    Authorities.ACME.write(keys, DOMAIN);
    X509Crypto crypto = crypto();
    assertThat(crypto.domains()).containsExactly(DOMAIN);
    now.set(Instant.now().plus(Duration.ofDays(100)));
    assertThat(crypto.domains()).isEmpty();
    assertThat(only(crypto).state()).isEqualTo("expired");
    assertThatThrownBy(() -> crypto.sign(DOMAIN, DELTA)).hasMessageContaining("renew it");
  }

  @Test
  void brokenFilesShouldHurtOnlyTheirOwnDomain() throws IOException {
    Authorities.ACME.write(keys, DOMAIN);
    Files.writeString(keys.resolve("broken.example.key"), "no key");
    Files.writeString(keys.resolve("elliptic.example.key"), ellipticKey());
    Authorities.ACME.write(keys, "other.example");
    Files.writeString(keys.resolve("Upper.example.key"), Authorities.ACME.keyPem());
    Files.writeString(trust.resolve("broken.pem"), "no certificate");
    X509Crypto crypto = crypto();
    assertThat(crypto.domains()).containsExactly(DOMAIN);
    assertThat(crypto.list())
        .extracting(KeyStatus::domain, key -> key.state().replaceAll(".*/", ""))
        .contains(
            Tuple.tuple("broken.example", "broken.example.key has no private key in PEM"),
            Tuple.tuple(
                "elliptic.example",
                "elliptic.example.key is neither RSA nor Ed25519: deltas cannot be signed with it"),
            Tuple.tuple(
                "Upper.example", "Upper.example.key must be named by its domain in lower case"),
            Tuple.tuple(
                "other.example",
                "the certificate is for acmewave.example; it does not name other.example"));
  }

  @Test
  void ownSignerShouldReachAStoreThatComesLater() {
    Authorities.ACME.write(keys, DOMAIN);
    X509Crypto crypto = new X509Crypto(settings, now::get);
    assertThat(table.signers).isEmpty();
    assertVerifies(crypto, crypto.sign(DOMAIN, DELTA));
    crypto.bindStore(table.store());
    assertThat(table.signers).containsOnlyKeys(crypto.sign(DOMAIN, DELTA).signer().hash());
  }

  private X509Crypto crypto() {
    X509Crypto crypto = new X509Crypto(settings, now::get);
    crypto.bindStore(table.store());
    return crypto;
  }

  private static void assertVerifies(X509Crypto crypto, DeltaSignature made) {
    assertThat(Failures.of(crypto.verify(DELTA, List.of(DOMAIN), List.of(made)))).isEmpty();
  }

  private static KeyStatus only(X509Crypto crypto) {
    assertThat(crypto.list()).hasSize(1);
    return crypto.list().get(0);
  }

  private static void refuseImport(X509Crypto crypto, Reason reason, String pem, String words) {
    assertThatThrownBy(() -> crypto.importChain(DOMAIN, pem))
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  private List<String> fileNames() throws IOException {
    try (Stream<Path> files = Files.list(keys)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String pkcs1(IssuedCertificate certificate) throws IOException {
    PrivateKeyInfo key = PrivateKeyInfo.getInstance(certificate.key().getEncoded());
    return Pem.write("RSA PRIVATE KEY", key.parsePrivateKey().toASN1Primitive().getEncoded());
  }

  private static String ellipticKey() {
    try {
      byte[] key =
          java.security.KeyPairGenerator.getInstance("EC")
              .generateKeyPair()
              .getPrivate()
              .getEncoded();
      return Pem.write("PRIVATE KEY", key);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
