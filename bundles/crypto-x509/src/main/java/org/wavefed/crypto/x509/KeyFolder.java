// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.crypto.SigningKeys;

/**
 * The keys of this server as files of one folder, all PEM:
 *
 * <pre>
 * DOMAIN.key      the private key, mode 0600
 * DOMAIN.key.new  a newer key that waits for its certificate
 * DOMAIN.csr      the certificate request for the newest key
 * DOMAIN.crt      the chain in use, the domain's own certificate first
 * </pre>
 *
 * <p>Renaming the chain into place is what takes a new key into use: the chain tells which of the
 * two keys it belongs to, so a crash between this and the renaming of the key does no harm.
 * Thread-safe.
 */
final class KeyFolder implements SigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFolder.class);
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final String KEY = ".key";
  private static final String NEW_KEY = ".key.new";

  private final Path folder;
  private final PkixVerifier verifier;
  private final HashAlgorithm hashAlgorithm;
  private final SignatureAlgorithm rsaAlgorithm;
  private final InstantSource clock;

  KeyFolder(Settings settings, PkixVerifier verifier, InstantSource clock) {
    this.folder = settings.keys();
    this.verifier = verifier;
    this.hashAlgorithm = settings.hashAlgorithm();
    this.rsaAlgorithm = settings.rsaAlgorithm();
    this.clock = clock;
  }

  @Override
  public List<KeyStatus> list() {
    return read().stream().map(entry -> entry.status(clock.instant())).toList();
  }

  @Override
  public synchronized String create(String domain, SignatureAlgorithm algorithm) {
    String name = checked(domain);
    if (algorithm != SignatureAlgorithm.ED25519 && algorithm != rsaAlgorithm) {
      throw new CryptoException(
          Reason.NO_KEY,
          "RSA keys sign with " + rsaAlgorithm + " here, not " + algorithm + " (rsa.signature)");
    }
    KeyMaterial key = KeyMaterial.generate(algorithm);
    String request = CertificateRequest.create(name, key);
    try {
      AtomicFile.createFolder(folder);
      Path file = file(name, Files.exists(file(name, KEY)) ? NEW_KEY : KEY);
      AtomicFile.write(
          file,
          Pem.write("PRIVATE KEY", key.privateKey().getEncoded()).getBytes(US_ASCII),
          AtomicFile.OWNER_ONLY);
      AtomicFile.write(file(name, ".csr"), request.getBytes(US_ASCII), AtomicFile.PUBLIC);
      return request;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public synchronized KeyStatus importChain(String domain, String pem) {
    String name = checked(domain);
    CertificateChain chain = new CertificateChain(Pem.certificates("the import", pem));
    Path file = keyOf(name, chain);
    verifier.requireFor(verifier.verifySigner(chain.signerInfo(hashAlgorithm, name)), name);
    try {
      AtomicFile.write(file(name, ".crt"), write(chain), AtomicFile.PUBLIC);
      if (file.getFileName().toString().endsWith(NEW_KEY)) {
        AtomicFile.move(file, file(name, KEY));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    return entry(file(name, KEY)).status(clock.instant());
  }

  /** Every key file with its state, in the order of their names; reads them all. */
  List<KeyEntry> read() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> endsWith(f, KEY) || endsWith(f, NEW_KEY))
          .filter(Files::isRegularFile)
          .sorted()
          .map(this::entry)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("The keys in {} cannot be read: {}", folder, e.toString());
      return List.of();
    }
  }

  private KeyEntry entry(Path file) {
    String domain = file.getFileName().toString().replaceFirst("\\.key(\\.new)?$", "");
    Optional<KeyMaterial> key = Optional.empty();
    Optional<CertificateChain> chain = Optional.empty();
    Optional<VerifiedSigner> signer = Optional.empty();
    String problem = "";
    try {
      requireLowerCase(domain, file);
      key = Optional.of(key(file));
      chain = chain(domain, file, key.get());
      signer = chain.map(c -> verifier.verifySigner(c.signerInfo(hashAlgorithm, domain)));
      signer.ifPresent(s -> verifier.requireFor(s, domain));
    } catch (CryptoException e) {
      problem = String.valueOf(e.getMessage());
      signer = Optional.empty();
    }
    SignatureAlgorithm algorithm = key.map(k -> k.algorithm(rsaAlgorithm)).orElse(rsaAlgorithm);
    return new KeyEntry(domain, file, algorithm, key, chain, signer, problem);
  }

  /** The chain on file, if it belongs to this key; the other key's is none of its business. */
  private Optional<CertificateChain> chain(String domain, Path file, KeyMaterial key) {
    Path chainFile = file(domain, ".crt");
    if (!Files.exists(chainFile)) {
      return Optional.empty();
    }
    List<X509Certificate> found =
        Pem.certificates(chainFile.toString(), Pem.read(chainFile, Reason.BAD_CERTIFICATE));
    if (key.belongsTo(found.get(0).getPublicKey())) {
      return Optional.of(new CertificateChain(found));
    }
    if (endsWith(file, KEY) && !Files.exists(file(domain, NEW_KEY))) {
      throw foreign(chainFile.toString(), file.toString(), found, List.of(key));
    }
    return Optional.empty();
  }

  private Path keyOf(String domain, CertificateChain chain) {
    List<KeyMaterial> tried = new ArrayList<>();
    for (Path file : List.of(file(domain, NEW_KEY), file(domain, KEY))) {
      if (Files.exists(file)) {
        KeyMaterial key = key(file);
        if (key.belongsTo(chain.leaf().getPublicKey())) {
          return file;
        }
        tried.add(key);
      }
    }
    if (tried.isEmpty()) {
      throw new CryptoException(
          Reason.NO_KEY, "there is no key for " + domain + " in " + folder + ": create one first");
    }
    throw foreign("the import", "the key of " + domain, chain.certificates(), tried);
  }

  private static CryptoException foreign(
      String source, String key, List<X509Certificate> chain, List<KeyMaterial> keys) {
    for (int i = 1; i < chain.size(); i++) {
      X509Certificate other = chain.get(i);
      if (keys.stream().anyMatch(k -> k.belongsTo(other.getPublicKey()))) {
        return new CryptoException(
            Reason.BAD_CERTIFICATE,
            source + " has the domain's own certificate in place " + (i + 1) + ": put it first");
      }
    }
    return new CryptoException(
        Reason.BAD_CERTIFICATE,
        "the first certificate of " + source + " does not belong to " + key);
  }

  private static KeyMaterial key(Path file) {
    String name = file.toString();
    return KeyMaterial.of(name, Pem.privateKey(name, Pem.read(file, Reason.NO_KEY)));
  }

  private static byte[] write(CertificateChain chain) {
    StringBuilder text = new StringBuilder();
    chain.encoded().forEach(der -> text.append(Pem.write("CERTIFICATE", der.shared())));
    return text.toString().getBytes(US_ASCII);
  }

  /** Whether others than its owner may read a key file. */
  static boolean isOpenToOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return !AtomicFile.OWNER_ONLY.containsAll(permissions);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("No permissions of {} to look at", file, e);
      return false;
    }
  }

  /** The domain in lower case, if it is one and so cannot lead out of the folder. */
  private static String checked(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    if (!DOMAIN.matcher(lower).matches()) {
      throw new CryptoException(Reason.WRONG_DOMAIN, "'" + domain + "' is not a domain");
    }
    return lower;
  }

  private static void requireLowerCase(String domain, Path file) {
    if (!checked(domain).equals(domain)) {
      throw new CryptoException(
          Reason.WRONG_DOMAIN, file + " must be named by its domain in lower case");
    }
  }

  private Path file(String domain, String suffix) {
    return folder.resolve(domain + suffix);
  }

  private static boolean endsWith(Path file, String suffix) {
    return file.getFileName().toString().endsWith(suffix);
  }

  private CryptoException unwritable(IOException e) {
    return new CryptoException(
        Reason.NO_KEY, "the keys folder " + folder + " cannot be written: " + e, null, e);
  }
}
