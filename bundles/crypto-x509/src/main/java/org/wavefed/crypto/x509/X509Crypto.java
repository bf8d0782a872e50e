// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerStore;
import org.wavefed.crypto.SigningKeys;
import org.wavefed.model.Bytes;
import org.wavefed.store.DeltaStore;

/**
 * The crypto services over one set of settings, keys and trust roots. When the configuration or the
 * files change, a new set replaces the old one as a whole; calls under way end with the old one.
 */
@Component(
    service = {
      DeltaSigner.class,
      DeltaVerifier.class,
      SignerStore.class,
      CertificateVerifier.class,
      SigningKeys.class
    },
    configurationPid = X509Config.PID,
    immediate = true)
@Designate(ocd = X509Config.class)
public final class X509Crypto
    implements DeltaSigner, DeltaVerifier, SignerStore, CertificateVerifier, SigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(X509Crypto.class);

  private record Parts(
      Settings settings,
      TrustRoots roots,
      Signatures signatures,
      PkixVerifier verifier,
      X509SignerStore signers,
      DeltaVerifier deltas,
      KeyFolder folder,
      List<KeyEntry> keys,
      KeyRing ring,
      FileWatch watch) {}

  private final InstantSource clock;
  private final Path base;
  private final AtomicReference<@Nullable DeltaStore> store = new AtomicReference<>();
  private volatile Parts parts;

  /** Starts with what makes sense of the configuration; the log says what does not. */
  @Activate
  public X509Crypto(Map<String, Object> properties, BundleContext context) {
    this.clock = InstantSource.system();
    this.base = base(context);
    this.parts = start(X509Config.Reader.read(checked(properties).orDefaults(LOG::error), base));
  }

  /** With a store to be bound later. */
  public X509Crypto(Settings settings, InstantSource clock) {
    this.clock = clock;
    this.base = Path.of("");
    this.parts = start(settings);
  }

  /** Takes a store into use. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindStore(DeltaStore added) {
    store.set(added);
    Parts now = parts;
    storeOwnSigners(now);
  }

  /** Lets a store go, unless another has taken its place. */
  public void unbindStore(DeltaStore removed) {
    store.compareAndSet(removed, null);
  }

  @Modified
  synchronized void modified(Map<String, Object> properties) {
    try {
      configure(X509Config.Reader.read(checked(properties).orRefuse(), base));
    } catch (IllegalArgumentException e) {
      LOG.error("{}; all stays as it was before", e.getMessage());
    }
  }

  private static CheckedConfiguration<X509Config> checked(Map<String, Object> properties) {
    var read = CheckedConfiguration.of(X509Config.class, X509Config.PID + ".cfg", properties);
    read.warnings().forEach(LOG::warn);
    return read;
  }

  /** Applies other settings from the next call on. */
  public synchronized void configure(Settings settings) {
    use(settings);
  }

  @Override
  public Set<String> domains() {
    return current().ring().domains();
  }

  @Override
  public SignerInfo signerInfo(String domain) {
    return current().ring().signerInfo(domain);
  }

  @Override
  public DeltaSignature sign(String domain, Bytes delta) {
    return current().ring().sign(domain, delta);
  }

  @Override
  public String provider() {
    return parts.signatures().provider();
  }

  @Override
  public CompletionStage<Void> verify(
      Bytes delta, List<String> domains, List<DeltaSignature> signatures) {
    return current().deltas().verify(delta, domains, signatures);
  }

  @Override
  public CompletionStage<SignerId> store(SignerInfo signer) {
    return current().signers().store(signer);
  }

  @Override
  public CompletionStage<Optional<SignerInfo>> find(SignerId id) {
    return current().signers().find(id);
  }

  @Override
  public void verify(List<Bytes> chain, String domain, Purpose purpose) {
    current().verifier().verify(chain, domain, purpose);
  }

  @Override
  public List<KeyStatus> list() {
    return current().folder().list();
  }

  @Override
  public String create(String domain, SignatureAlgorithm algorithm) {
    return current().folder().create(domain, algorithm);
  }

  @Override
  public KeyStatus importChain(String domain, String pem) {
    KeyStatus imported = current().folder().importChain(domain, pem);
    synchronized (this) {
      use(parts.settings());
    }
    return imported;
  }

  private Parts current() {
    Parts now = parts;
    if (now.watch().changed()) {
      synchronized (this) {
        if (parts.watch() == now.watch()) {
          LOG.info("Keys or trust roots changed on disk");
          use(now.settings());
        }
      }
    }
    return parts;
  }

  private Parts start(Settings settings) {
    Parts made = parts(settings, null);
    LOG.info("Deltas are signed and verified with {}", made.signatures().provider());
    announce(made);
    storeOwnSigners(made);
    return made;
  }

  private void use(Settings settings) {
    Parts made = parts(settings, parts);
    parts = made;
    announce(made);
    storeOwnSigners(made);
  }

  /** What is the same as before is kept: the signers verified so far above all. */
  private Parts parts(Settings settings, @Nullable Parts before) {
    List<Path> watched = new ArrayList<>(settings.trustRoots());
    watched.add(settings.keys());
    // First the watch: what changes while we read is then read again.
    FileWatch watch = new FileWatch(watched, settings.recheck());
    TrustRoots roots = TrustFiles.load(settings.trustRoots(), settings.trustSystem());
    boolean sameProvider =
        before != null && before.settings().nativeProvider() == settings.nativeProvider();
    Signatures signatures = sameProvider ? before.signatures() : signatures(settings);
    boolean sameTrust =
        sameProvider
            && before.roots().equals(roots)
            && before.settings().acceptCommonName() == settings.acceptCommonName();
    PkixVerifier verifier =
        sameTrust
            ? before.verifier()
            : new PkixVerifier(roots, settings.acceptCommonName(), signatures, clock);
    X509SignerStore signers =
        sameTrust
            ? before.signers()
            : new X509SignerStore(verifier, () -> Optional.ofNullable(store.get()));
    KeyFolder folder = new KeyFolder(settings, verifier, clock);
    List<KeyEntry> keys = folder.read();
    return new Parts(
        settings,
        roots,
        signatures,
        verifier,
        signers,
        new X509DeltaVerifier(verifier, signers, signatures),
        folder,
        keys,
        new KeyRing(keys, signatures, clock),
        watch);
  }

  private static Signatures signatures(Settings settings) {
    return settings.nativeProvider() ? Signatures.fastest() : Signatures.jdk();
  }

  private void announce(Parts made) {
    LOG.info(
        "Signing for {}; {} trust roots",
        made.ring().domains().isEmpty()
            ? "no domain (wave:keys create)"
            : String.join(", ", made.ring().domains()),
        made.roots().certificates().size());
    if (made.roots().certificates().isEmpty()) {
      LOG.warn(
          "No trust roots in {}: no peer can be verified (trust.roots)",
          made.settings().trustRoots());
    }
    for (KeyEntry key : made.keys()) {
      if (!key.problem().isEmpty()) {
        LOG.warn("Not signing for {}: {}", key.domain(), key.problem());
      }
      if (key.signer().isPresent() && key.algorithm() != SignatureAlgorithm.SHA1_RSA) {
        LOG.warn("Old servers cannot read what {} signs with {}", key.domain(), key.algorithm());
      }
      if (KeyFolder.isOpenToOthers(key.file())) {
        LOG.warn("The key file {} is open to others: chmod 600 it", key.file());
      }
    }
  }

  private void storeOwnSigners(Parts made) {
    for (VerifiedSigner signer : made.ring().signers()) {
      made.signers()
          .storeOwn(signer)
          .whenComplete(
              (id, failure) -> {
                if (failure != null && store.get() != null) {
                  LOG.warn(
                      "Our signer {} could not be stored: {}", signer.id(), failure.toString());
                }
              });
    }
  }

  private static Path base(BundleContext context) {
    String base = context.getProperty("karaf.base");
    return Path.of(base == null ? "" : base).toAbsolutePath();
  }
}
