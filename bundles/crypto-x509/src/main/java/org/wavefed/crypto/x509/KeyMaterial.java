// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.SignatureAlgorithm;

/**
 * A private key and the public key that belongs to it. It has no text form, so that it cannot get
 * into a log. Immutable.
 */
final class KeyMaterial {
  private static final int RSA_BITS = 2048;

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private KeyMaterial(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Makes a new key: RSA of {@value #RSA_BITS} bits, or Ed25519. */
  static KeyMaterial generate(SignatureAlgorithm algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(family(algorithm));
      if (algorithm != SignatureAlgorithm.ED25519) {
        generator.initialize(RSA_BITS);
      }
      KeyPair pair = generator.generateKeyPair();
      return new KeyMaterial(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 17 makes RSA and Ed25519 keys", e);
    }
  }

  /**
   * Takes a key that was read from a file.
   *
   * @param source what to call it in messages
   * @throws CryptoException with {@link Reason#NO_KEY} if it is broken or of a kind that cannot
   *     sign deltas
   */
  static KeyMaterial of(String source, PrivateKeyInfo info) {
    boolean rsa =
        info.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    if (!rsa
        && !info.getPrivateKeyAlgorithm().getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
      throw new CryptoException(
          Reason.NO_KEY, source + " is neither RSA nor Ed25519: deltas cannot be signed with it");
    }
    try {
      KeyFactory factory = KeyFactory.getInstance(rsa ? "RSA" : "Ed25519");
      return new KeyMaterial(
          factory.generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded())),
          factory.generatePublic(new X509EncodedKeySpec(publicPart(info))));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // Nothing of the cause: its message might tell of the key.
      throw new CryptoException(Reason.NO_KEY, source + " holds a broken private key");
    }
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  PublicKey publicKey() {
    return publicKey;
  }

  /** How deltas are signed with it. */
  SignatureAlgorithm algorithm(SignatureAlgorithm forRsa) {
    return privateKey.getAlgorithm().equals("RSA") ? forRsa : SignatureAlgorithm.ED25519;
  }

  /** Whether the public key is the one of this private key. */
  boolean belongsTo(PublicKey other) {
    return Arrays.equals(publicKey.getEncoded(), other.getEncoded());
  }

  private static String family(SignatureAlgorithm algorithm) {
    return algorithm == SignatureAlgorithm.ED25519 ? "Ed25519" : "RSA";
  }

  private static byte[] publicPart(PrivateKeyInfo info) throws IOException {
    AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
    AsymmetricKeyParameter open;
    if (key instanceof RSAPrivateCrtKeyParameters rsa) {
      open = new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
    } else if (key instanceof Ed25519PrivateKeyParameters ed) {
      open = ed.generatePublicKey();
    } else {
      throw new IllegalArgumentException("no public part");
    }
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open).getEncoded();
  }
}
