// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;

/** Signs with the keys that were in use when it was made. Immutable. */
final class KeyRing implements DeltaSigner {
  private record Key(SignatureAlgorithm algorithm, PrivateKey key, VerifiedSigner signer) {
    /** Says nothing of the key: what a provider puts into its text is not ours to decide. */
    @Override
    public String toString() {
      return "Key[" + algorithm + " of " + signer.info().domain() + "]";
    }
  }

  private final Map<String, Key> byDomain = new HashMap<>();
  private final Signatures signatures;
  private final InstantSource clock;

  KeyRing(List<KeyEntry> entries, Signatures signatures, InstantSource clock) {
    this.signatures = signatures;
    this.clock = clock;
    for (KeyEntry entry : entries) {
      if (entry.key().isPresent() && entry.signer().isPresent()) {
        PrivateKey key = signatures.privateKey(entry.key().get().privateKey());
        byDomain.put(entry.domain(), new Key(entry.algorithm(), key, entry.signer().get()));
      }
    }
  }

  @Override
  public Set<String> domains() {
    Set<String> domains = new TreeSet<>();
    byDomain.forEach(
        (domain, key) -> {
          if (isValid(key)) {
            domains.add(domain);
          }
        });
    return domains;
  }

  @Override
  public SignerInfo signerInfo(String domain) {
    return key(domain).signer().info();
  }

  @Override
  public DeltaSignature sign(String domain, Bytes delta) {
    Key key = key(domain);
    try {
      Bytes made = signatures.sign(key.algorithm(), key.key(), delta);
      return new DeltaSignature(key.signer().id(), key.algorithm(), made);
    } catch (InvalidKeyException e) {
      throw new CryptoException(
          Reason.NO_KEY, "the key of " + domain + " cannot sign with " + key.algorithm());
    }
  }

  @Override
  public String provider() {
    return signatures.provider();
  }

  /** The signers that it signs as. */
  Collection<VerifiedSigner> signers() {
    return byDomain.values().stream().map(Key::signer).toList();
  }

  private Key key(String domain) {
    Key key = byDomain.get(domain.toLowerCase(Locale.ROOT));
    if (key == null) {
      throw new CryptoException(
          Reason.NO_KEY,
          "there is no signing key with a certificate in use for " + domain + " (wave:keys list)");
    }
    if (!isValid(key)) {
      throw new CryptoException(
          Reason.NO_KEY,
          "the certificate of " + domain + " expired at " + key.signer().notAfter() + ": renew it");
    }
    return key;
  }

  private boolean isValid(Key key) {
    return !clock.instant().isAfter(key.signer().notAfter());
  }
}
