// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;

/**
 * What the operator can choose. Immutable.
 *
 * @param trustRoots files of PEM or folders of them
 * @param trustSystem whether to trust what the Java platform trusts, too
 * @param keys the folder of our keys
 * @param acceptCommonName whether a certificate may name its domain by its CN alone
 * @param hashAlgorithm how the ids of our signers are computed
 * @param rsaAlgorithm how our RSA keys sign
 * @param nativeProvider whether a native signature provider is used where there is one
 * @param recheck how often, at most, the files are looked at for changes
 */
public record Settings(
    List<Path> trustRoots,
    boolean trustSystem,
    Path keys,
    boolean acceptCommonName,
    HashAlgorithm hashAlgorithm,
    SignatureAlgorithm rsaAlgorithm,
    boolean nativeProvider,
    Duration recheck) {

  private static final Duration RECHECK = Duration.ofSeconds(3);

  public Settings {
    trustRoots = List.copyOf(trustRoots);
    if (rsaAlgorithm == SignatureAlgorithm.ED25519) {
      throw new IllegalArgumentException(
          "rsa.signature must be SHA1_RSA or SHA256_RSA, not ED25519");
    }
  }

  /** The defaults, with one place of trust roots and a folder of keys. */
  public static Settings of(Path trustRoots, Path keys) {
    return new Settings(
        List.of(trustRoots),
        false,
        keys,
        false,
        HashAlgorithm.SHA256,
        SignatureAlgorithm.SHA1_RSA,
        true,
        RECHECK);
  }

  /** The same with the switch for old peers set. */
  public Settings withAcceptCommonName(boolean accept) {
    return new Settings(
        trustRoots,
        trustSystem,
        keys,
        accept,
        hashAlgorithm,
        rsaAlgorithm,
        nativeProvider,
        recheck);
  }

  /** The same with files looked at as often as given. */
  public Settings withRecheck(Duration interval) {
    return new Settings(
        trustRoots,
        trustSystem,
        keys,
        acceptCommonName,
        hashAlgorithm,
        rsaAlgorithm,
        nativeProvider,
        interval);
  }
}
