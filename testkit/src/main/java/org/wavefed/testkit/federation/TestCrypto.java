// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.federation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerStore;
import org.wavefed.model.Bytes;

/**
 * Signs, verifies and knows signers without keys: a signature is a hash of the signer and the
 * delta, so that whoever reads this can forge one. It keeps all the rules of the real thing: one
 * signature for each domain in order, unknown signers named, signers of the wrong domain refused.
 * Thread-safe.
 */
public final class TestCrypto implements DeltaSigner, DeltaVerifier, SignerStore {
  private final Set<String> domains;
  private final Map<SignerId, SignerInfo> known = new ConcurrentHashMap<>();

  /**
   * @param domains those that it signs for
   */
  public TestCrypto(String... domains) {
    this.domains = Set.of(domains);
  }

  @Override
  public Set<String> domains() {
    return domains;
  }

  @Override
  public SignerInfo signerInfo(String domain) {
    if (!domains.contains(domain)) {
      throw new CryptoException(Reason.NO_KEY, "no key for " + domain);
    }
    return info(domain);
  }

  /** The signer of any domain. */
  public static SignerInfo info(String domain) {
    Bytes certificate = Bytes.wrap(("certificate of " + domain).getBytes(StandardCharsets.UTF_8));
    return new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain, List.of(certificate));
  }

  /** The id of a signer. */
  public static SignerId id(SignerInfo signer) {
    return new SignerId(hash(signer.certificates().get(0)));
  }

  @Override
  public DeltaSignature sign(String domain, Bytes delta) {
    return signature(signerInfo(domain), delta);
  }

  /** A signature of any domain. */
  public static DeltaSignature signature(SignerInfo signer, Bytes delta) {
    SignerId id = id(signer);
    return new DeltaSignature(id, SignatureAlgorithm.SHA1_RSA, hash(id.hash(), delta));
  }

  @Override
  public CompletionStage<Void> verify(
      Bytes delta, List<String> asked, List<DeltaSignature> signatures) {
    try {
      check(delta, asked, signatures);
      return CompletableFuture.completedStage(null);
    } catch (CryptoException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void check(Bytes delta, List<String> asked, List<DeltaSignature> signatures) {
    if (asked.size() != signatures.size()) {
      throw new CryptoException(
          Reason.BAD_SIGNATURE, signatures.size() + " signatures for the domains " + asked);
    }
    for (int i = 0; i < asked.size(); i++) {
      DeltaSignature signature = signatures.get(i);
      SignerInfo signer = known.get(signature.signer());
      if (signer == null) {
        throw new CryptoException(
            Reason.UNKNOWN_SIGNER,
            "signer " + signature.signer() + " is unknown",
            signature.signer(),
            null);
      }
      if (!signer.domain().equals(asked.get(i))) {
        throw new CryptoException(Reason.WRONG_DOMAIN, signer.domain() + " is not " + asked.get(i));
      }
      if (!signature.signature().equals(signature(signer, delta).signature())) {
        throw new CryptoException(Reason.BAD_SIGNATURE, "the signature does not match the delta");
      }
    }
  }

  @Override
  public CompletionStage<SignerId> store(SignerInfo signer) {
    SignerId id = id(signer);
    if (!info(signer.domain()).equals(signer)) {
      return CompletableFuture.failedStage(
          new CryptoException(Reason.WRONG_DOMAIN, "the certificate is not of " + signer.domain()));
    }
    known.put(id, signer);
    return CompletableFuture.completedStage(id);
  }

  /** Forgets every signer. */
  public void forgetAll() {
    known.clear();
  }

  @Override
  public CompletionStage<Optional<SignerInfo>> find(SignerId id) {
    return CompletableFuture.completedStage(Optional.ofNullable(known.get(id)));
  }

  private static Bytes hash(Bytes... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Bytes part : parts) {
        sha256.update(part.shared());
      }
      return Bytes.wrap(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
