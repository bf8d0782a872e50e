// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.x509.CertificateChain;
import org.wavefed.crypto.x509.PkixVerifier;
import org.wavefed.crypto.x509.Signatures;
import org.wavefed.crypto.x509.TrustRoots;
import org.wavefed.crypto.x509.X509DeltaVerifier;
import org.wavefed.crypto.x509.X509SignerStore;
import org.wavefed.model.Bytes;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.SignerInfoCodec;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.store.memory.MemoryDeltaStore;

/** Certificates, signers and signatures. The other records name certificates of the same folder. */
final class SignerChecks {
  private static final Signatures SIGNATURES = Signatures.jdk();
  private static final long STORE_BYTES = 1 << 20;

  private final Map<String, JsonNode> certificates = new HashMap<>();

  /** Takes note of a record that others may name. */
  void collect(JsonNode record) {
    if (record.path("kind").asText().equals("certificate")) {
      certificates.put(record.path("name").asText(), record);
    }
  }

  Map<String, Check> byKind() {
    return Map.of(
        "certificate", this::certificate,
        "signerInfo", this::signerInfo,
        "signature", this::signature,
        "verifyDelta", this::verifyDelta,
        "signRefused", this::signRefused);
  }

  private void certificate(Vector vector, Findings findings) {
    Bytes der = vector.bytes("der");
    CertificateChain chain = CertificateChain.parse(List.of(der));
    X509Certificate certificate = chain.leaf();
    findings.equal("der", List.of(der), chain.encoded());
    findings.equal("pem", pem(vector.text("pem")), der);
    findings.equal("subject", vector.text("subject"), name(certificate.getSubjectX500Principal()));
    findings.equal("issuer", vector.text("issuer"), name(certificate.getIssuerX500Principal()));
    findings.equal(
        "notBefore",
        Instant.parse(vector.text("notBefore")),
        certificate.getNotBefore().toInstant());
    findings.equal(
        "notAfter", Instant.parse(vector.text("notAfter")), certificate.getNotAfter().toInstant());
    pem(vector.text("privateKeyPem"));
  }

  private static String name(X500Principal principal) {
    return principal.getName(X500Principal.RFC2253);
  }

  private static Bytes pem(String text) {
    String base64 = text.replaceAll("-----[A-Z ]+-----", "");
    return Bytes.wrap(java.util.Base64.getMimeDecoder().decode(base64));
  }

  private void signerInfo(Vector vector, Findings findings) throws MalformedMessageException {
    if (vector.has("construct")) {
      notConstructed(vector, findings);
      return;
    }
    SignerInfo info = SignerInfoCodec.parse(vector.bytes("signerInfoPb"));
    CertificateChain chain = CertificateChain.parse(info.certificates());
    findings.equal("domain", vector.text("domain"), info.domain());
    findings.equal("chain", chain(vector.get("chain")), info.certificates());
    findings.equal("hashAlgorithm", vector.text("hashAlgorithm"), info.hashAlgorithm().name());
    findings.equal("pkiPath", vector.bytes("pkiPath"), chain.pkiPath());
    Bytes id = chain.id(info.hashAlgorithm()).hash();
    findings.equal("signerId", vector.bytes("signerId"), id);
    findings.equal("signerIdFromProtobuf", vector.bytes("signerIdFromProtobuf"), id);
    findings.equal("signerInfoPb", vector.bytes("signerInfoPb"), SignerInfoCodec.toBytes(info));
    for (String field : vector.fields()) {
      if (field.startsWith("validate ")) {
        List<String> question = List.of(field.split(" ", 3));
        boolean valid = isValid(chain, question.get(1), Instant.parse(question.get(2)));
        findings.equal(field, vector.get(field).asText().equals("ok"), valid);
      }
    }
  }

  private boolean isValid(CertificateChain chain, String root, Instant now) {
    try {
      verifier(List.of(root), now).validatePath(chain);
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  private void notConstructed(Vector vector, Findings findings) throws MalformedMessageException {
    List<Bytes> der =
        vector.has("signerInfoPb")
            ? SignerInfoCodec.parse(vector.bytes("signerInfoPb")).certificates()
            : chain(vector.get("chain"));
    Stream.of("domain", "hashAlgorithm", "chain").forEach(vector::has);
    CryptoException refusal = null;
    try {
      CertificateChain.parse(der);
    } catch (CryptoException e) {
      refusal = e;
    }
    findings.equal(
        "construct",
        Findings.isError(vector.get("construct")) ? Reason.BAD_CERTIFICATE : null,
        refusal == null ? null : refusal.reason());
  }

  private void signature(Vector vector, Findings findings) throws IOException {
    JsonNode leaf = certificates.get(vector.text("privateKey"));
    if (leaf == null) {
      throw new IllegalArgumentException("no certificate is named " + vector.text("privateKey"));
    }
    DeltaSignature came = new FileSigner(certificates).sign(vector, leaf);
    findings.equal("algorithm", vector.text("algorithm"), came.algorithm().name());
    findings.equal("signatureBytes", vector.bytes("signatureBytes"), came.signature());
    findings.equal("signerId", vector.bytes("signerId"), came.signer().hash());
    serialised(vector, came, findings);
  }

  private static void serialised(Vector vector, DeltaSignature came, Findings findings) {
    Bytes delta = vector.bytes("deltaBytes");
    SignedDelta signed = new SignedDelta(delta, List.of(came));
    Bytes none = new SignedDelta(delta, List.of()).toBytes();
    byte[] field = signed.toBytes().toArray();
    Bytes expected = vector.bytes("signaturePb");
    Bytes tail =
        Bytes.wrap(
            java.util.Arrays.copyOfRange(field, field.length - expected.size(), field.length));
    findings.equal("signaturePb", expected, tail);
    findings.equal("signaturePb size", true, none.size() + expected.size() < field.length);
    if (vector.has("signedDeltaPb")) {
      findings.equal("signedDeltaPb", vector.bytes("signedDeltaPb"), signed.toBytes());
    }
  }

  private void verifyDelta(Vector vector, Findings findings) throws MalformedMessageException {
    String verdict = vector.text("verdict");
    findings.equal("causes", true, vector.get("causes").isArray());
    List<String> roots = ModelJson.texts(vector.get("trustRoots"));
    PkixVerifier verifier = verifier(roots, Instant.parse(vector.text("time")));
    try (MemoryDeltaStore store = new MemoryDeltaStore(STORE_BYTES)) {
      X509SignerStore signers = new X509SignerStore(verifier, () -> Optional.of(store));
      int offered = vector.get("signerInfosPb").size();
      findings.equal("storeSignerInfo size", offered, vector.get("storeSignerInfo").size());
      for (int i = 0; i < offered; i++) {
        offer(vector, i, signers, store, findings);
      }
      SignedDelta signed = SignedDelta.parse(vector.bytes("signedDeltaPb"));
      Throwable refusal =
          refusal(
              new X509DeltaVerifier(verifier, signers, SIGNATURES)
                  .verify(signed.delta(), domains(signed.delta()), signed.signatures()));
      verdict(verdict, refusal, vector.flag("verificationDisabled"), findings);
    }
  }

  private static void verdict(
      String expected, @Nullable Throwable refusal, boolean disabled, Findings findings) {
    if (disabled && refusal != null) {
      findings.differs(Difference.ALWAYS_VERIFIED);
    } else if (refusal == null && expected.contains("no common name found")) {
      findings.differs(Difference.DNS_NAME_IS_ENOUGH);
    } else if (expected.equals("ok") || !(refusal instanceof CryptoException crypto)) {
      findings.equal("verdict", expected, refusal == null ? "ok" : refusal);
    } else {
      findings.equal(
          "verdict is an unknown signer",
          expected.contains("UnknownSignerException"),
          crypto.reason() == Reason.UNKNOWN_SIGNER);
    }
  }

  private static void offer(
      Vector vector, int index, X509SignerStore signers, MemoryDeltaStore store, Findings findings)
      throws MalformedMessageException {
    Bytes message = Vector.bytes(vector.get("signerInfosPb").get(index));
    SignerInfo info = SignerInfoCodec.parse(message);
    boolean expected = vector.get("storeSignerInfo").path(index).asText().equals("ok");
    Throwable refusal = refusal(signers.store(info));
    if (expected && refusal instanceof CryptoException) {
      findings.differs(Difference.SIGNER_CHECKED_WHEN_STORED);
    } else {
      findings.equal("storeSignerInfo " + index, expected, refusal == null);
    }
    Bytes id = CertificateChain.parse(info.certificates()).id(info.hashAlgorithm()).hash();
    store.putSigner(id, message).toCompletableFuture().join();
  }

  private void signRefused(Vector vector, Findings findings) throws MalformedMessageException {
    WaveletDelta delta = WaveletDeltaCodec.parse(vector.bytes("deltaBytes"));
    findings.equal("verdict", true, vector.text("verdict").endsWith("IllegalStateException"));
    findings.equal("deltaBytes has an address path", false, delta.addressPath().isEmpty());
    findings.differs(Difference.NO_ADDRESS_PATHS);
  }

  private static @Nullable Throwable refusal(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().copy().orTimeout(10, TimeUnit.SECONDS).join();
      return null;
    } catch (CompletionException e) {
      Throwable cause = e;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause;
    }
  }

  private PkixVerifier verifier(List<String> roots, Instant now) {
    List<X509Certificate> trusted =
        roots.stream().map(root -> CertificateChain.parse(List.of(der(root))).leaf()).toList();
    return new PkixVerifier(TrustRoots.of(trusted), true, SIGNATURES, InstantSource.fixed(now));
  }

  private List<Bytes> chain(JsonNode names) {
    return ModelJson.texts(names).stream().map(this::der).toList();
  }

  private Bytes der(String name) {
    JsonNode certificate = certificates.get(name);
    if (certificate == null) {
      throw new IllegalArgumentException("no certificate is named " + name);
    }
    return Vector.bytes(certificate.path("der"));
  }

  /** The distinct domains of the address path and then the author. */
  private static List<String> domains(Bytes delta) throws MalformedMessageException {
    WaveletDelta parsed = WaveletDeltaCodec.parse(delta);
    return Stream.concat(parsed.addressPath().stream(), Stream.of(parsed.author().address()))
        .map(address -> address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }
}
