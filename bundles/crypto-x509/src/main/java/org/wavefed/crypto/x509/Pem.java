// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;

/** Reads and writes PEM (RFC 7468). */
final class Pem {
  /** Larger files are refused. */
  private static final long MAX_FILE_SIZE = 1 << 20;

  private static final int MAX_OBJECTS = 1000;

  private Pem() {}

  /** The text of a file. */
  static String read(Path file, Reason reason) {
    try {
      if (Files.size(file) > MAX_FILE_SIZE) {
        throw new CryptoException(reason, file + " is too large for a PEM file");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new CryptoException(reason, file + " cannot be read: " + e.getMessage(), null, e);
    }
  }

  /**
   * The certificates in a text, in order; other objects are passed over.
   *
   * @param source what to call the text in messages
   */
  static List<X509Certificate> certificates(String source, String text) {
    List<X509Certificate> found = new ArrayList<>();
    for (Object object : objects(source, text, Reason.BAD_CERTIFICATE)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          found.add(new JcaX509CertificateConverter().getCertificate(holder));
        } catch (CertificateException e) {
          throw broken(source, Reason.BAD_CERTIFICATE, e);
        }
      }
    }
    if (found.isEmpty()) {
      throw new CryptoException(Reason.BAD_CERTIFICATE, source + " has no certificate in PEM");
    }
    return found;
  }

  /** The first private key in a text. */
  static PrivateKeyInfo privateKey(String source, String text) {
    for (Object object : objects(source, text, Reason.NO_KEY)) {
      if (object instanceof PrivateKeyInfo key) {
        return key;
      }
      if (object instanceof PEMKeyPair pair && pair.getPrivateKeyInfo() != null) {
        return pair.getPrivateKeyInfo();
      }
      if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
        throw new CryptoException(
            Reason.NO_KEY,
            source + " is encrypted: store the key without a pass phrase (openssl pkey), mode 600");
      }
    }
    throw new CryptoException(Reason.NO_KEY, source + " has no private key in PEM");
  }

  /** One object in PEM. */
  static String write(String label, byte[] der) {
    java.util.Base64.Encoder encoder = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static List<Object> objects(String source, String text, Reason reason) {
    List<Object> found = new ArrayList<>();
    try (Reader reader = new StringReader(text);
        PEMParser parser = new PEMParser(reader)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        found.add(next);
        if (found.size() > MAX_OBJECTS) {
          throw new CryptoException(reason, source + " has more than " + MAX_OBJECTS + " objects");
        }
      }
    } catch (IOException | DecoderException | IllegalArgumentException e) {
      throw broken(source, reason, e);
    }
    return found;
  }

  private static CryptoException broken(String source, Reason reason, Exception e) {
    return new CryptoException(reason, source + " is broken PEM: " + e.getMessage(), null, e);
  }
}
