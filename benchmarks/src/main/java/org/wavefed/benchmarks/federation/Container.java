// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.wavefed.transport.FederationTransport;

/** What a bundle sees of a container, so that a transport runs as configured, without one. */
final class Container {
  private final AtomicReference<FederationTransport> transport = new AtomicReference<>();

  /** Keeps the transport that is registered. */
  BundleContext context() {
    return proxy(
        BundleContext.class,
        service -> {
          if (service instanceof FederationTransport registered) {
            transport.set(registered);
          }
        });
  }

  FederationTransport transport() {
    FederationTransport registered = transport.get();
    if (registered == null) {
      throw new IllegalStateException("the transport did not start; the log says why");
    }
    return registered;
  }

  private interface Registered {
    void service(Object service);
  }

  private static <T> T proxy(Class<T> type, Registered registered) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("registerService")) {
                return null;
              }
              registered.service(arguments[1]);
              return proxy(ServiceRegistration.class, none -> {});
            }));
  }
}
