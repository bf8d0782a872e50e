// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.model.Bytes;

/**
 * Verifies deltas. Where all signers are in memory, on the calling thread and before it returns;
 * otherwise on the store's thread once the signers have been read.
 */
public final class X509DeltaVerifier implements DeltaVerifier {
  private final PkixVerifier verifier;
  private final X509SignerStore signers;
  private final Signatures signatures;

  /** Verifies by the signers of a store. */
  public X509DeltaVerifier(PkixVerifier verifier, X509SignerStore signers, Signatures signatures) {
    this.verifier = verifier;
    this.signers = signers;
    this.signatures = signatures;
  }

  @Override
  public CompletionStage<Void> verify(
      Bytes delta, List<String> domains, List<DeltaSignature> made) {
    if (made.size() != domains.size()) {
      return CompletableFuture.failedFuture(
          new CryptoException(
              Reason.BAD_SIGNATURE,
              "expected one signature of each of " + domains + ", found " + made.size()));
    }
    List<CompletableFuture<VerifiedSigner>> loaded = new ArrayList<>(made.size());
    for (DeltaSignature signature : made) {
      loaded.add(load(signature));
    }
    return CompletableFuture.allOf(loaded.toArray(CompletableFuture[]::new))
        .handle((all, failure) -> check(delta, domains, made, loaded));
  }

  private CompletableFuture<VerifiedSigner> load(DeltaSignature signature) {
    return signers
        .verified(signature.signer())
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> signers.load(signature.signer()).toCompletableFuture());
  }

  /** In order, so that the first that is wrong is the one named. */
  private @Nullable Void check(
      Bytes delta,
      List<String> domains,
      List<DeltaSignature> made,
      List<CompletableFuture<VerifiedSigner>> loaded) {
    for (int i = 0; i < made.size(); i++) {
      check(delta, domains.get(i), made.get(i), loaded.get(i).join());
    }
    return null;
  }

  private void check(Bytes delta, String domain, DeltaSignature made, VerifiedSigner signer) {
    verifier.requireFor(signer, domain);
    if (!signatures.matches(made.algorithm(), signer.key(), delta, made.signature())) {
      throw new CryptoException(
          Reason.BAD_SIGNATURE,
          "the signature of " + domain + " does not match the delta",
          signer.id(),
          null);
    }
  }
}
