// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.CertificateVerifier.Purpose;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.model.Bytes;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;

class PkixVerifierTest {
  private static final String DOMAIN = "acmewave.example";

  @Test
  void chainShouldBeAcceptedForBothPurposesWhenItLeadsToARoot() {
    for (Purpose purpose : Purpose.values()) {
      Authorities.verifier(false).verify(Authorities.ACME.der(), DOMAIN, purpose);
    }
  }

  @Test
  void chainShouldBeRefusedWhenExpired() {
    refused(Authorities.EXPIRED.der(), Reason.UNTRUSTED, "expired at");
  }

  @Test
  void chainShouldBeRefusedWhenItsRootIsUnknown() {
    refused(Authorities.UNTRUSTED.der(), Reason.UNTRUSTED, "no path from");
  }

  @Test
  void chainShouldBeRefusedWhenTheIntermediateIsMissing() {
    refused(Authorities.ACME.der().subList(0, 1), Reason.UNTRUSTED, "no path from");
  }

  @Test
  void chainShouldBeRefusedWhenItNamesAnotherDomain() {
    for (Purpose purpose : Purpose.values()) {
      assertThatThrownBy(
              () ->
                  Authorities.verifier(true)
                      .verify(Authorities.ACME.der(), "initech.example", purpose))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_DOMAIN))
          .hasMessageContaining("acmewave.example")
          .hasMessageContaining("initech.example");
    }
  }

  @Test
  void chainShouldBeRefusedWhenAnRsaKeyIsShort() {
    IssuedCertificate leaf = Authorities.ROOT.issue(Leaf.of(DOMAIN).withKeyAlgorithm("RSA-1024"));
    refused(leaf.der(), Reason.UNTRUSTED, "has 1024 bits; 2048 or more");
  }

  @Test
  void commonNameShouldCountOnlyBehindTheSwitch() {
    List<Bytes> chain = Authorities.COMMON_NAME.der();
    for (Purpose purpose : Purpose.values()) {
      assertThatThrownBy(() -> Authorities.verifier(false).verify(chain, DOMAIN, purpose))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_DOMAIN))
          .hasMessage(
              "the certificate is for CN=acmewave.example; it does not name acmewave.example in a"
                  + " DNS name, only in its CN (accept.common.name)");
      Authorities.verifier(true).verify(chain, DOMAIN, purpose);
    }
  }

  @Test
  void signerChainShouldBeInOrderButAStreamsNeedNot() {
    List<Bytes> extra = new ArrayList<>(Authorities.ACME.der());
    extra.add(1, Authorities.UNTRUSTED.der().get(0));
    refused(extra, Reason.UNTRUSTED, "");
    Authorities.verifier(false).verify(extra, DOMAIN, Purpose.STREAM);
  }

  @Test
  void brokenChainsShouldBeRefused() {
    Bytes one = Authorities.ACME.der().get(0);
    refused(List.of(), Reason.BAD_CERTIFICATE, "empty");
    refused(List.of(one, one), Reason.BAD_CERTIFICATE, "twice");
    refused(Collections.nCopies(11, one), Reason.BAD_CERTIFICATE, "at most 10");
    refused(List.of(Bytes.wrap(new byte[] {1, 2})), Reason.BAD_CERTIFICATE, "broken");
    refused(List.of(Bytes.wrap(new byte[40_000])), Reason.BAD_CERTIFICATE, "too large");
    byte[] longer = java.util.Arrays.copyOf(one.toArray(), one.size() + 1);
    refused(List.of(Bytes.wrap(longer)), Reason.BAD_CERTIFICATE, "exactly one");
    Bytes pem =
        Bytes.wrap(
            Authorities.ACME.chainPem().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    refused(List.of(pem), Reason.BAD_CERTIFICATE, "exactly one");
  }

  @Test
  void streamShouldBeRefusedWhenTheCertificateIsForOtherUses() {
    IssuedCertificate mail =
        Authorities.ROOT.issue(
            Leaf.of(DOMAIN).withExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
    assertThatThrownBy(() -> Authorities.verifier(false).verify(mail.der(), DOMAIN, Purpose.STREAM))
        .hasMessageContaining("not for TLS");
    assertThatCode(() -> Authorities.verifier(false).verify(mail.der(), DOMAIN, Purpose.SIGNER))
        .as("deployed servers sign with whatever certificate they have")
        .doesNotThrowAnyException();
  }

  @Test
  void streamShouldBeRefusedWithTheTrueReasonWhenTheCertificateExpired() {
    assertThatThrownBy(
            () ->
                Authorities.verifier(false)
                    .verify(Authorities.EXPIRED.der(), DOMAIN, Purpose.STREAM))
        .hasMessageContaining("expired at");
  }

  @Test
  void everyoneShouldBeRefusedWhenThereAreNoRoots() {
    PkixVerifier verifier =
        new PkixVerifier(
            TrustRoots.of(List.of()), false, Signatures.jdk(), java.time.InstantSource.system());
    assertThatThrownBy(() -> verifier.verify(Authorities.ACME.der(), DOMAIN, Purpose.SIGNER))
        .hasMessageContaining("trust.roots");
  }

  private static void refused(List<Bytes> chain, Reason reason, String words) {
    assertThatThrownBy(() -> Authorities.verifier(false).verify(chain, DOMAIN, Purpose.SIGNER))
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }
}
