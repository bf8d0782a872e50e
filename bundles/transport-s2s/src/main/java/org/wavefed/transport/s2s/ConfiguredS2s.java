// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.dns.DnsResolver;
import org.wavefed.smack.SmackReady;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;

/** Turns the configuration into a transport; a changed one starts it anew. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "org.wavefed.transport.s2s",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredS2s.Config.class)
public final class ConfiguredS2s {
  /** The keys of {@code org.wavefed.transport.s2s.cfg}. */
  @ObjectClassDefinition(
      name = "Wavefed: federation from server to server",
      description = "Federation as an XMPP server of its own (RFC 6120).")
  public @interface Config {
    /** Which domains. */
    @AttributeDefinition(
        description = "Our domains, separated by commas. Their wave services are wave.DOMAIN.")
    String domains() default "";

    /** STARTTLS. */
    @AttributeDefinition(
        description =
            "Where other servers connect to, separated by commas: ADDRESS:PORT. Empty: nowhere.")
    String listen() default "0.0.0.0:5269";

    /** Direct TLS. */
    @AttributeDefinition(
        description = "Where other servers connect to with TLS at once (XEP-0368): ADDRESS:PORT.")
    String listen_direct() default "";

    /** The certificate. */
    @AttributeDefinition(
        description =
            "The PEM file of the certificate chain, which names DOMAIN and wave.DOMAIN; {domain}"
                + " stands for the domain. Empty: etc/wavefed/tls/{domain}.crt.")
    String tls_certificate() default "";

    /** The key. */
    @AttributeDefinition(
        description =
            "The PEM file of its private key (PKCS#8); {domain} stands for the domain. Empty:"
                + " etc/wavefed/tls/{domain}.key.")
    String tls_key() default "";

    /** TLS or not. */
    @AttributeDefinition(description = "Whether streams without TLS are refused, both ways.")
    boolean tls_required() default true;

    /** Who may go without a certificate. */
    @AttributeDefinition(
        description =
            "The domains for which Server Dialback is good enough if a certificate does not do,"
                + " separated by commas: names, *.PARENT or *. Who once showed a good certificate is"
                + " not let in by dialback again.")
    String dialback() default "*.example, *.test";

    /** Private addresses. */
    @AttributeDefinition(
        description =
            "Whether we connect to private, loopback and link-local addresses when the DNS says so."
                + " For laboratories and closed networks.")
    boolean private_addresses() default false;

    /** The size of stanzas. */
    @AttributeDefinition(
        description = "The longest stanza sent or accepted, in bytes.",
        min = "65536")
    int stanza_bytes_max() default 10_485_760;

    /** Outgoing calls. */
    @AttributeDefinition(
        description = "How many of our calls may wait for an answer, for each domain of ours.",
        min = "1")
    int calls_in_flight_max() default 1024;

    /** Incoming calls. */
    @AttributeDefinition(
        description = "How many calls of peers may wait for our server, for each domain of ours.",
        min = "1")
    int calls_in_hand_max() default 1024;

    /** Incoming calls of one peer. */
    @AttributeDefinition(description = "How many of these may be of one peer.", min = "1")
    int calls_in_hand_per_peer_max() default 256;

    /** The outgoing queue. */
    @AttributeDefinition(
        description = "How many bytes may wait for one peer to take them.",
        min = "65536")
    long queue_bytes_max() default 67_108_864L;

    /** Outgoing streams. */
    @AttributeDefinition(description = "How many streams we open at most.", min = "1")
    int streams_max() default 2_000;

    /** Incoming connections. */
    @AttributeDefinition(description = "How many connections we accept at most.", min = "1")
    int connections_max() default 2_000;

    /** Incoming connections of one address. */
    @AttributeDefinition(description = "How many of these may be from one address.", min = "1")
    int connections_per_address_max() default 200;
  }

  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  private final @Nullable S2sTransport transport;
  private volatile @Nullable ServiceRegistration<?> registration;
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
  public ConfiguredS2s(BundleContext context, Config config, @Reference SmackReady smack) {
    this.transport = start(config);
    if (transport != null) {
      registration =
          context.registerService(
              new String[] {FederationTransport.class.getName(), ConnectionProbe.class.getName()},
              transport,
              properties(transport));
      // It may have changed while it was being registered.
      listeningChanged();
    }
  }

  private @Nullable S2sTransport start(Config config) {
    try {
      S2sSettings settings = S2sConfiguration.settings(config);
      if (settings.domains().isEmpty()) {
        LOG.warn(
            "no federation: set domains in {} to those of org.wavefed.server.cfg",
            S2sConfiguration.FILE);
        return null;
      }
      return new S2sTransport(
          settings,
          new S2sTransport.Parts(
              () -> Optional.ofNullable(dns),
              () -> Optional.ofNullable(verifier),
              () -> Optional.ofNullable(handler)),
          this::listeningChanged);
    } catch (IllegalArgumentException e) {
      LOG.error("no federation: {}: {}", S2sConfiguration.FILE, e.getMessage());
      return null;
    }
  }

  /** Tells operators where it listens now. */
  private void listeningChanged() {
    ServiceRegistration<?> present = registration;
    S2sTransport running = transport;
    if (present == null || running == null) {
      return;
    }
    try {
      present.setProperties(properties(running));
    } catch (IllegalStateException stopped) {
      LOG.debug("the transport is no longer offered", stopped);
    }
  }

  private static Dictionary<String, Object> properties(S2sTransport transport) {
    S2sListener.Listening listening = transport.listening();
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("domain", transport.domains().toArray(new String[0]));
    properties.put("listen", texts(listening.plain()));
    properties.put("listen.direct", texts(listening.direct()));
    properties.put("trouble", listening.troubles().toArray(new String[0]));
    return properties;
  }

  private static String[] texts(List<InetSocketAddress> addresses) {
    return addresses.stream()
        .map(address -> NetUtil.toSocketAddressString(address))
        .toArray(String[]::new);
  }

  /** Ends the transport. */
  @Deactivate
  public void stop() {
    ServiceRegistration<?> present = registration;
    if (present != null) {
      present.unregister();
    }
    if (transport != null) {
      transport.close();
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
    if (transport != null) {
      transport.announce(newHandler);
    }
  }

  /** The wave server went. */
  public void unbindHandler(FederationHandler oldHandler) {
    if (handler == oldHandler) {
      handler = null;
    }
  }
}
