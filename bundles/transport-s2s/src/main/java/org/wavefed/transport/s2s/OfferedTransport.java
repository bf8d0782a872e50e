// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.FederationTransport;

/**
 * A transport that runs, and its registration, which tells operators how it is. Thread-safe.
 *
 * @param settings what it runs with
 */
record OfferedTransport(
    S2sSettings settings, S2sTransport transport, ServiceRegistration<?> registration)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  static OfferedTransport start(
      BundleContext context, S2sSettings settings, S2sTransport.Parts parts) {
    AtomicReference<OfferedTransport> offered = new AtomicReference<>();
    Runnable changed =
        () -> {
          OfferedTransport present = offered.get();
          if (present != null) {
            present.tell();
          }
        };
    S2sTransport transport = new S2sTransport(settings, parts, changed);
    OfferedTransport made =
        new OfferedTransport(settings, transport, registration(context, transport));
    offered.set(made);
    // It may have changed while it was being registered.
    made.tell();
    return made;
  }

  private static ServiceRegistration<?> registration(
      BundleContext context, S2sTransport transport) {
    try {
      return context.registerService(
          new String[] {FederationTransport.class.getName(), ConnectionProbe.class.getName()},
          transport,
          properties(transport));
    } catch (RuntimeException notOffered) {
      transport.close();
      throw notOffered;
    }
  }

  /** The same, showing other certificates from the next stream on. */
  OfferedTransport withCertificates(S2sSettings newSettings) {
    transport.show(newSettings.identities());
    return new OfferedTransport(newSettings, transport, registration);
  }

  private void tell() {
    try {
      registration.setProperties(properties(transport));
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
    return addresses.stream().map(NetUtil::toSocketAddressString).toArray(String[]::new);
  }

  @Override
  public void close() {
    registration.unregister();
    transport.close();
  }
}
