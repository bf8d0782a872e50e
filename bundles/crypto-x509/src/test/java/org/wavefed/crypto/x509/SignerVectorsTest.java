// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.model.Bytes;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.SignerInfoCodec;
import org.wavefed.protocol.WaveletDeltaCodec;

/** What the original said about signers and signatures. */
class SignerVectorsTest {
  private static final Path FILE = Path.of(System.getProperty("wavefed.vectors"), "signer.jsonl");

  private final Map<String, JsonNode> certificates = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> everyVectorShouldHold() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      JsonNode node = mapper.readTree(line);
      cases.add(node);
      if (node.get("kind").asText().equals("certificate")) {
        certificates.put(node.get("name").asText(), node);
      }
    }
    return cases.stream()
        .map(c -> DynamicTest.dynamicTest(c.get("id").asText() + " " + name(c), () -> run(c)));
  }

  private static String name(JsonNode vector) {
    return vector.get("kind").asText() + " " + vector.path("name").asText();
  }

  private void run(JsonNode vector) throws Exception {
    switch (vector.get("kind").asText()) {
      case "certificate" -> certificate(vector);
      case "signerInfo" -> signerInfo(vector);
      case "signature" -> signature(vector);
      case "verifyDelta" -> verifyDelta(vector);
      case "signRefused" ->
          assumeThat(true).as("rule: the server makes no deltas with an address path").isFalse();
      default -> throw new AssertionError("unknown kind");
    }
  }

  private static void certificate(JsonNode vector) {
    Bytes der = bytes(vector, "der");
    assertThat(CertificateChain.parse(List.of(der)).encoded()).containsExactly(der);
    List<X509Certificate> read = Pem.certificates("the vector", vector.get("pem").asText());
    assertThat(new CertificateChain(read).encoded()).containsExactly(der);
  }

  private void signerInfo(JsonNode vector) throws MalformedMessageException {
    if (vector.has("construct")) {
      SignerInfo info =
          vector.has("signerInfoPb")
              ? SignerInfoCodec.parse(bytes(vector, "signerInfoPb"))
              : new SignerInfo(HashAlgorithm.SHA256, "example.com", chain(vector));
      assertThatThrownBy(() -> CertificateChain.parse(info.certificates()))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_CERTIFICATE));
      return;
    }
    SignerInfo info = SignerInfoCodec.parse(bytes(vector, "signerInfoPb"));
    CertificateChain chain = CertificateChain.parse(info.certificates());
    assertThat(info.certificates()).isEqualTo(chain(vector));
    assertThat(chain.pkiPath()).isEqualTo(bytes(vector, "pkiPath"));
    assertThat(chain.id(info.hashAlgorithm()).hash()).isEqualTo(bytes(vector, "signerId"));
    assertThat(SignerInfoCodec.toBytes(info)).isEqualTo(bytes(vector, "signerInfoPb"));
    vector
        .properties()
        .forEach(
            field -> {
              if (field.getKey().startsWith("validate ")) {
                validate(chain, field.getKey().split(" "), field.getValue());
              }
            });
  }

  private void validate(CertificateChain chain, String[] question, JsonNode verdict) {
    PkixVerifier verifier = verifier(List.of(question[1]), Instant.parse(question[2]));
    Optional<CryptoException> failure = Optional.empty();
    try {
      verifier.validatePath(chain);
    } catch (CryptoException e) {
      failure = Optional.of(e);
    }
    assertThat(failure.map(e -> "refused").orElse("ok"))
        .as(String.join(" ", question) + failure)
        .isEqualTo(verdict.isTextual() ? verdict.asText() : "refused");
  }

  private void signature(JsonNode vector) throws GeneralSecurityException {
    String pem = certificates.get(vector.get("privateKey").asText()).get("privateKeyPem").asText();
    byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    Bytes delta = bytes(vector, "deltaBytes");
    SignatureAlgorithm algorithm = SignatureAlgorithm.valueOf(vector.get("algorithm").asText());
    for (Signatures signatures : List.of(Signatures.jdk(), Signatures.fastest())) {
      Bytes made = signatures.sign(algorithm, signatures.privateKey(key), delta);
      assertThat(made).isEqualTo(bytes(vector, "signatureBytes"));
      SignerId signer = new SignerId(bytes(vector, "signerId"));
      SignedDelta signed =
          new SignedDelta(delta, List.of(new DeltaSignature(signer, algorithm, made)));
      if (vector.has("signedDeltaPb")) {
        assertThat(signed.toBytes()).isEqualTo(bytes(vector, "signedDeltaPb"));
      }
    }
  }

  private void verifyDelta(JsonNode vector) throws MalformedMessageException {
    String verdict = vector.get("verdict").asText();
    assumeThat(vector.get("verificationDisabled").asBoolean())
        .as("rule: verification cannot be disabled")
        .isFalse();
    assumeThat(verdict).as("rule: a DNS name is enough").doesNotContain("no common name found");
    PkixVerifier verifier =
        verifier(
            StreamSupport.stream(vector.get("trustRoots").spliterator(), false)
                .map(JsonNode::asText)
                .toList(),
            Instant.parse(vector.get("time").asText()));
    SignerTable table = new SignerTable();
    X509SignerStore signers = new X509SignerStore(verifier, () -> Optional.of(table.store()));
    for (int i = 0; i < vector.get("signerInfosPb").size(); i++) {
      Bytes info = decode(vector.get("signerInfosPb").get(i).asText());
      offer(signers, SignerInfoCodec.parse(info), vector.get("storeSignerInfo").get(i));
      table.signers.put(id(SignerInfoCodec.parse(info)), info);
    }
    SignedDelta signed = SignedDelta.parse(bytes(vector, "signedDeltaPb"));
    Optional<Throwable> failure =
        Failures.of(
            new X509DeltaVerifier(verifier, signers, Signatures.fastest())
                .verify(signed.delta(), domains(signed.delta()), signed.signatures()));
    if (verdict.equals("ok")) {
      assertThat(failure).isEmpty();
    } else {
      assertThat(failure).get().isInstanceOf(CryptoException.class);
      assertThat(((CryptoException) failure.orElseThrow()).reason() == Reason.UNKNOWN_SIGNER)
          .isEqualTo(verdict.contains("UnknownSigner"));
    }
  }

  /** The original does not compare a signer's domain with its certificate; we do. */
  private static void offer(X509SignerStore signers, SignerInfo info, JsonNode verdict) {
    Optional<Throwable> failure = Failures.of(signers.store(info));
    if (!verdict.asText().equals("ok")) {
      assertThat(failure).get().isInstanceOf(CryptoException.class);
    } else if (failure.isPresent()) {
      assertThat(((CryptoException) failure.get()).reason())
          .isIn(Reason.WRONG_DOMAIN, Reason.UNTRUSTED);
    }
  }

  private PkixVerifier verifier(List<String> roots, Instant now) {
    List<X509Certificate> trusted =
        roots.stream()
            .map(name -> CertificateChain.parse(List.of(bytes(certificates.get(name), "der"))))
            .map(CertificateChain::leaf)
            .toList();
    return new PkixVerifier(
        TrustRoots.of(trusted), true, Signatures.fastest(), InstantSource.fixed(now));
  }

  private List<Bytes> chain(JsonNode vector) {
    return StreamSupport.stream(vector.get("chain").spliterator(), false)
        .map(name -> bytes(certificates.get(name.asText()), "der"))
        .toList();
  }

  private static Bytes id(SignerInfo info) {
    return CertificateChain.parse(info.certificates()).id(info.hashAlgorithm()).hash();
  }

  private static List<String> domains(Bytes delta) throws MalformedMessageException {
    WaveletDelta parsed = WaveletDeltaCodec.parse(delta);
    return Stream.concat(parsed.addressPath().stream(), Stream.of(parsed.author().address()))
        .map(a -> a.substring(a.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private static Bytes bytes(JsonNode node, String field) {
    return decode(node.get(field).asText());
  }

  private static Bytes decode(String base64) {
    return Bytes.wrap(Base64.getDecoder().decode(base64));
  }
}
