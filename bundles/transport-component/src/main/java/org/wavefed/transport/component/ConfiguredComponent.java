// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import java.util.Dictionary;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
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
import org.wavefed.smack.SmackReady;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.xmpp.endpoint.OpenCalls;

/**
 * Turns a configuration into a transport. It registers the service itself, since the properties of
 * a component's service would show the secret to everyone.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "org.wavefed.transport.component",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ComponentConfig.class, factory = true)
public final class ConfiguredComponent {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentTransport.class);

  /** A transport and its registration. */
  private record Running(
      ComponentTransport transport, ServiceRegistration<FederationTransport> registration) {
    void stop() {
      registration.unregister();
      transport.close();
    }
  }

  private final BundleContext context;
  private final ComponentThreads threads;
  private final OpenCalls calls;
  private volatile @Nullable FederationHandler handler;
  private volatile @Nullable Running running;

  /** Starts the transport, if the configuration is right; the log says what is not. */
  @Activate
  public ConfiguredComponent(
      BundleContext context,
      Map<String, Object> properties,
      @Reference ComponentThreads threads,
      @Reference OpenCalls calls,
      @Reference SmackReady smack) {
    this.context = context;
    this.threads = threads;
    this.calls = calls;
    configure(properties);
  }

  /** Takes changed settings; the stream is opened anew only if something has changed. */
  @Modified
  public void modified(Map<String, Object> properties) {
    configure(properties);
  }

  private void configure(Map<String, Object> properties) {
    String file = String.valueOf(properties.get("service.pid")).replace('~', '-') + ".cfg";
    var read = CheckedConfiguration.of(ComponentConfig.class, file, properties);
    read.warnings().forEach(LOG::warn);
    if (read.values().domain().isBlank()) {
      LOG.info("no domain in etc/{}: nothing federates through it", file);
      stop();
      return;
    }
    try {
      // At the start one word that is wrong need not stop everything.
      use(settings(running == null ? read.orDefaults(LOG::error) : read.orRefuse(), file));
    } catch (IllegalArgumentException e) {
      if (running == null) {
        LOG.error("no federation: {}", e.getMessage());
      } else {
        LOG.error("{}; federation goes on as it was before", e.getMessage());
      }
    }
  }

  private void use(ComponentSettings settings) {
    Running before = running;
    if (before == null || !before.transport().settings().equals(settings)) {
      stop();
      running = start(settings);
      tellHandler();
    }
  }

  /** Ends the transport. */
  @Deactivate
  public void stop() {
    Running before = running;
    if (before != null) {
      before.stop();
      running = null;
    }
  }

  /** The wave server came. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindHandler(FederationHandler newHandler) {
    handler = newHandler;
    tellHandler();
  }

  /** The wave server went. */
  public void unbindHandler(FederationHandler oldHandler) {
    if (handler == oldHandler) {
      handler = null;
      tellHandler();
    }
  }

  private void tellHandler() {
    Running present = running;
    if (present != null) {
      present.transport().handler(handler);
    }
  }

  private Running start(ComponentSettings settings) {
    ComponentTransport transport = new ComponentTransport(settings, threads.io(), calls);
    Dictionary<String, Object> properties =
        FrameworkUtil.asDictionary(Map.of("domain", settings.domain()));
    return new Running(
        transport, context.registerService(FederationTransport.class, transport, properties));
  }

  private static ComponentSettings settings(ComponentConfig config, String file) {
    return new ComponentSettings(
        config.domain(),
        config.address(),
        config.host(),
        config.port(),
        config.secret(),
        new ComponentSettings.Limits(
            config.stanza_bytes_max(),
            config.calls_in_flight_max(),
            config.calls_in_hand_max(),
            config.calls_in_hand_per_peer_max(),
            config.queue_bytes_max()),
        ComponentSettings.Deadlines.DEFAULT,
        config.identity_type(),
        file);
  }
}
