// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
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
import org.wavefed.dns.DnsResolver;
import org.wavefed.smack.SmackReady;
import org.wavefed.transport.FederationHandler;
import org.wavefed.xmpp.endpoint.OpenCalls;

/**
 * Turns the configuration into a transport, which a changed one starts anew. Certificates are taken
 * anew when their files change, without a pause. What makes no sense is a line in the log, and what
 * was before goes on.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "org.wavefed.transport.s2s",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = S2sConfig.class)
public final class ConfiguredS2s {
  /** How often the files of certificates are looked at. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final Duration EXPIRY = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  private final BundleContext context;
  private final OpenCalls calls;
  private final FileWatch files = new FileWatch();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wavefed-s2s-files");
            thread.setDaemon(true);
            return thread;
          });

  /** Guarded by this, but for reading. */
  private volatile @Nullable OfferedTransport running;

  private S2sConfig config =
      CheckedConfiguration.of(S2sConfig.class, S2sConfiguration.FILE, Map.of()).values();

  private volatile @Nullable FederationHandler handler;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable DnsResolver dns;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable CertificateVerifier verifier;

  /** Starts the transport, if the configuration is right; the log says what is not. */
  @Activate
  @SuppressWarnings("FutureReturnValueIgnored") // They run until it ends.
  public ConfiguredS2s(
      BundleContext context,
      Map<String, Object> properties,
      @Reference OpenCalls calls,
      @Reference SmackReady smack) {
    this.context = context;
    this.calls = calls;
    configure(properties);
    looking.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    looking.scheduleWithFixedDelay(
        this::tellExpiry, EXPIRY.toMillis(), EXPIRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes a changed configuration. */
  @Modified
  public void modified(Map<String, Object> newProperties) {
    configure(newProperties);
  }

  /**
   * Takes certificates that have changed. Whatever goes wrong, it is looked at the next time too.
   */
  synchronized void look() {
    try {
      if (files.look()) {
        apply(config);
      }
    } catch (RuntimeException e) {
      LOG.error("changed certificates cannot be taken: {}", S2sConfiguration.files(config), e);
    }
  }

  private synchronized void configure(Map<String, Object> properties) {
    var read = CheckedConfiguration.of(S2sConfig.class, S2sConfiguration.FILE, properties);
    read.warnings().forEach(LOG::warn);
    try {
      // At the start one word that is wrong need not stop everything.
      config = running == null ? read.orDefaults(LOG::error) : read.orRefuse();
      apply(config);
    } catch (IllegalArgumentException e) {
      goesOn(e);
    }
  }

  private void apply(S2sConfig newConfig) {
    // First the watch: what changes while it is read is then read again.
    files.watch(S2sConfiguration.files(newConfig));
    try {
      use(newConfig, S2sConfiguration.settings(newConfig));
    } catch (IllegalArgumentException e) {
      goesOn(e);
    }
  }

  private void goesOn(IllegalArgumentException fault) {
    if (running == null) {
      LOG.error("no federation: {}", fault.getMessage());
    } else {
      LOG.error("{}; federation goes on as it was before", fault.getMessage());
    }
  }

  private void use(S2sConfig config, S2sSettings settings) {
    OfferedTransport before = running;
    if (before != null && before.settings().equals(settings)) {
      return;
    } else if (before != null && before.settings().isButForCertificates(settings)) {
      running = before.withCertificates(settings);
      LOG.info("new certificates are shown from now on: {}", S2sConfiguration.files(config));
    } else {
      end();
      running = start(settings);
    }
    settings
        .domains()
        .forEach(
            domain ->
                IdentityCheck.warnings(
                        settings.identity(domain),
                        domain,
                        S2sConfiguration.key(config, domain.name()),
                        Instant.now())
                    .forEach(LOG::warn));
  }

  private @Nullable OfferedTransport start(S2sSettings settings) {
    if (settings.domains().isEmpty()) {
      LOG.warn(
          "no federation: set domains in {} to those of org.wavefed.server.cfg",
          S2sConfiguration.FILE);
      return null;
    }
    OfferedTransport started =
        OfferedTransport.start(
            context,
            settings,
            new S2sTransport.Parts(
                calls,
                () -> Optional.ofNullable(dns),
                () -> Optional.ofNullable(verifier),
                () -> Optional.ofNullable(handler)));
    started.transport().announce(handler);
    return started;
  }

  private void tellExpiry() {
    OfferedTransport present = running;
    if (present != null) {
      S2sSettings settings = present.settings();
      for (S2sSettings.Domain domain : settings.domains()) {
        IdentityCheck.validity(
                settings.identity(domain).chain().get(0), domain.name(), Instant.now())
            .ifPresent(LOG::warn);
      }
    }
  }

  private void end() {
    OfferedTransport before = running;
    running = null;
    if (before != null) {
      before.close();
    }
  }

  /** Ends the transport. */
  @Deactivate
  public void stop() {
    looking.shutdownNow();
    synchronized (this) {
      end();
    }
  }

  /** Sets the parts that it needs, where OSGi does not. */
  public void setParts(DnsResolver newDns, CertificateVerifier newVerifier) {
    dns = newDns;
    verifier = newVerifier;
  }

  /** The wave server came. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindHandler(FederationHandler newHandler) {
    handler = newHandler;
    OfferedTransport present = running;
    if (present != null) {
      present.transport().announce(newHandler);
    }
  }

  /** The wave server went. */
  public void unbindHandler(FederationHandler oldHandler) {
    if (handler == oldHandler) {
      handler = null;
    }
  }
}
