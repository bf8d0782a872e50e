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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.smack.SmackReady;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;

/**
 * Turns a configuration into a transport. It registers the service itself, since the properties of
 * a component's service would show the secret to everyone.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "org.wavefed.transport.component",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredComponent.Config.class, factory = true)
public final class ConfiguredComponent {
  /** The keys of {@code org.wavefed.transport.component-*.cfg}. */
  @ObjectClassDefinition(
      name = "Wavefed: federation through an XMPP server (XEP-0114)",
      description = "One configuration per domain of ours.")
  public @interface Config {
    /** Which domain. */
    @AttributeDefinition(
        description = "The domain that federates, such as acmewave.example. Required.")
    String domain() default "";

    /** The component's name. */
    @AttributeDefinition(
        description =
            "The component's address at the XMPP server; empty means wave.DOMAIN, where the servers"
                + " of others look first.")
    String address() default "";

    /** Where the XMPP server is. */
    @AttributeDefinition(
        description =
            "Where the XMPP server listens for components. The stream is not encrypted: keep it on"
                + " one machine or a trusted network.")
    String host() default "127.0.0.1";

    /** Its component port. */
    @AttributeDefinition(
        description = "The XMPP server's port for components.",
        min = "1",
        max = "65535")
    int port() default 5347;

    /** The shared secret. */
    @AttributeDefinition(
        type = AttributeType.PASSWORD,
        description = "The component's secret, as in the XMPP server's configuration. Required.")
    String secret() default "";

    /** The size of stanzas. */
    @AttributeDefinition(
        description =
            "The longest stanza sent or accepted, in bytes. The XMPP server must let it pass too"
                + " (Prosody: component_stanza_size_limit and s2s_stanza_size_limit).",
        min = "65536")
    int stanza_bytes_max() default 10_485_760;

    /** Outgoing calls. */
    @AttributeDefinition(
        description = "How many of our calls may wait for an answer; more are refused.",
        min = "1")
    int calls_in_flight_max() default 1024;

    /** Incoming calls. */
    @AttributeDefinition(
        description =
            "How many calls of peers may wait for our server; more are told to come again.",
        min = "1")
    int calls_in_hand_max() default 1024;

    /** Incoming calls of one peer. */
    @AttributeDefinition(
        description = "How many of these may be of one and the same peer.",
        min = "1")
    int calls_in_hand_per_peer_max() default 256;

    /** The outgoing queue. */
    @AttributeDefinition(
        description = "How many bytes may wait for the XMPP server to take them.",
        min = "65536")
    long queue_bytes_max() default 67_108_864L;

    /** The identity. */
    @AttributeDefinition(
        description =
            "The type of our identity (category collaboration) in service discovery. Old servers"
                + " say google-wave or apache-wave; none is known to care.")
    String identity_type() default "google-wave";
  }

  private static final Logger LOG = LoggerFactory.getLogger(ComponentTransport.class);

  /** A transport and its registration. */
  private record Running(
      ComponentTransport transport, ServiceRegistration<FederationTransport> registration) {
    boolean isAsIn(Config config, Map<String, Object> properties) {
      try {
        return transport.settings().equals(ConfiguredComponent.settings(config, properties));
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    void stop() {
      registration.unregister();
      transport.close();
    }
  }

  private final BundleContext context;
  private final ComponentThreads threads;
  private volatile @Nullable FederationHandler handler;
  private volatile @Nullable Running running;

  /** Starts the transport, if the configuration is right; the log says what is not. */
  @Activate
  public ConfiguredComponent(
      BundleContext context,
      Config config,
      Map<String, Object> properties,
      @Reference ComponentThreads threads,
      @Reference SmackReady smack) {
    this.context = context;
    this.threads = threads;
    this.running = start(config, properties);
  }

  /** Takes changed settings; the stream is opened anew only if something has changed. */
  @Modified
  public void modified(Config config, Map<String, Object> properties) {
    Running before = running;
    if (before != null && before.isAsIn(config, properties)) {
      return;
    }
    stop();
    running = start(config, properties);
    tellHandler();
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

  private @Nullable Running start(Config config, Map<String, Object> properties) {
    if (config.domain().isBlank()) {
      LOG.info("no domain in {}: nothing federates through it", source(properties));
      return null;
    }
    try {
      return start(settings(config, properties));
    } catch (IllegalArgumentException e) {
      LOG.error("no federation: {}", e.getMessage());
      return null;
    }
  }

  private Running start(ComponentSettings settings) {
    ComponentTransport transport = new ComponentTransport(settings, threads.io());
    Dictionary<String, Object> properties =
        FrameworkUtil.asDictionary(Map.of("domain", settings.domain()));
    return new Running(
        transport, context.registerService(FederationTransport.class, transport, properties));
  }

  private static ComponentSettings settings(Config config, Map<String, Object> properties) {
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
        config.identity_type(),
        source(properties));
  }

  private static String source(Map<String, Object> properties) {
    return String.valueOf(properties.get("service.pid")).replace('~', '-') + ".cfg";
  }
}
