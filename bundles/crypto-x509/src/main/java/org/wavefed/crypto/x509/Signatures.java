// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.model.Bytes;

/**
 * Makes and checks signatures with one provider: a native one where it loads, as it is some three
 * times as fast, or the JDK's. It is used by reference and never registered with the platform.
 *
 * <p>Signature objects are kept and used again by whichever thread comes next; keys are converted
 * once to the provider's own form. Thread-safe.
 */
public final class Signatures {
  private static final Logger LOG = LoggerFactory.getLogger(Signatures.class);
  private static final int KEPT = 32;

  private final Optional<Provider> provider;
  private final Map<SignatureAlgorithm, BlockingQueue<Signature>> idle =
      new EnumMap<>(SignatureAlgorithm.class);

  private Signatures(Optional<Provider> provider) {
    this.provider = provider;
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      idle.put(algorithm, new ArrayBlockingQueue<>(KEPT));
    }
  }

  /** With the providers of the JDK. */
  public static Signatures jdk() {
    return new Signatures(Optional.empty());
  }

  /** With the native provider if it works here, otherwise with those of the JDK. */
  public static Signatures fastest() {
    try {
      return new Signatures(Optional.of(Corretto.load()));
    } catch (LinkageError | IllegalStateException e) {
      LOG.debug("No native signature provider here", e);
      return jdk();
    }
  }

  /** The provider and its version, for operators. */
  public String provider() {
    return provider.map(p -> p.getName() + " " + p.getVersionStr()).orElse("JDK");
  }

  /** The key in the form that the provider works with fastest. */
  PrivateKey privateKey(PrivateKey key) {
    return converted(
        key, factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
  }

  /** The key in the form that the provider works with fastest. */
  PublicKey publicKey(PublicKey key) {
    return converted(
        key, factory -> factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
  }

  /**
   * Signs.
   *
   * @throws InvalidKeyException if the key is not for this algorithm
   */
  Bytes sign(SignatureAlgorithm algorithm, PrivateKey key, Bytes content)
      throws InvalidKeyException {
    Signature signature = take(algorithm);
    signature.initSign(key);
    try {
      signature.update(content.shared());
      byte[] made = signature.sign();
      idle.get(algorithm).offer(signature);
      return Bytes.wrap(made);
    } catch (SignatureException e) {
      throw new IllegalStateException("signing failed in " + provider(), e);
    }
  }

  /** Whether the signature is the key's over exactly these bytes. */
  boolean matches(SignatureAlgorithm algorithm, PublicKey key, Bytes content, Bytes made) {
    Signature signature = take(algorithm);
    try {
      signature.initVerify(key);
      signature.update(content.shared());
      boolean matches = signature.verify(made.shared());
      idle.get(algorithm).offer(signature);
      return matches;
    } catch (InvalidKeyException | SignatureException e) {
      LOG.debug("Signature refused", e);
      return false;
    }
  }

  private Signature take(SignatureAlgorithm algorithm) {
    Signature kept = idle.get(algorithm).poll();
    return kept == null ? create(algorithm) : kept;
  }

  private Signature create(SignatureAlgorithm algorithm) {
    String name =
        switch (algorithm) {
          case SHA1_RSA -> "SHA1withRSA";
          case SHA256_RSA -> "SHA256withRSA";
          case ED25519 -> "Ed25519";
        };
    try {
      return provider.isPresent()
          ? Signature.getInstance(name, provider.get())
          : Signature.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(provider() + " has no " + name, e);
    }
  }

  private <K extends Key> K converted(K key, Conversion<K> conversion) {
    if (provider.isEmpty()) {
      return key;
    }
    try {
      return conversion.by(KeyFactory.getInstance(key.getAlgorithm(), provider.get()));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      // The provider converts such a key when it is used.
      LOG.debug("{} has no key factory for this {} key", provider(), key.getAlgorithm());
      return key;
    }
  }

  private interface Conversion<K> {
    K by(KeyFactory factory) throws InvalidKeySpecException;
  }

  /** Apart, so that its absence shows only when it is asked for. */
  private static final class Corretto {
    static Provider load() {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      Throwable error = provider.getLoadingError();
      if (error != null) {
        throw new IllegalStateException("the native library does not load", error);
      }
      try {
        for (String name : new String[] {"SHA1withRSA", "SHA256withRSA", "Ed25519"}) {
          Signature.getInstance(name, provider);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the native provider is not complete", e);
      }
      return provider;
    }
  }
}
