// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;

/** Reads trust roots from files. A file that cannot be read is named in the log and left out. */
final class TrustFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TrustFiles.class);

  private TrustFiles() {}

  /**
   * Reads the roots.
   *
   * @param paths files of PEM, or folders of them ({@code *.pem}, {@code *.crt}, {@code *.cer})
   * @param system whether to trust what the Java platform trusts, too
   */
  static TrustRoots load(List<Path> paths, boolean system) {
    Set<X509Certificate> roots = new HashSet<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        try {
          String text = Pem.read(file, Reason.BAD_CERTIFICATE);
          roots.addAll(Pem.certificates(file.toString(), text));
        } catch (CryptoException e) {
          LOG.warn("No trust root is taken from this file: {}", e.getMessage());
        }
      }
    }
    if (system) {
      roots.addAll(systemRoots());
    }
    return TrustRoots.of(roots);
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      if (Files.exists(path)) {
        return List.of(path);
      }
      LOG.warn("There is no {} to take trust roots from (trust.roots)", path);
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(f -> f.getFileName().toString().matches("[^.].*\\.(pem|crt|cer)"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      LOG.warn("The trust roots in {} cannot be read: {}", path, e.toString());
      return List.of();
    }
  }

  private static List<X509Certificate> systemRoots() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      @Nullable KeyStore platform = null;
      factory.init(platform);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager trust) {
          return List.of(trust.getAcceptedIssuers());
        }
      }
    } catch (GeneralSecurityException e) {
      LOG.warn("The trust roots of the Java platform cannot be read: {}", e.toString());
    }
    return List.of();
  }
}
