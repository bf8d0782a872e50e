// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests.typing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.wavefed.transport.FederationTransport;

/** The parts of the server: its bundles, by the names of their rooms, and its features. */
final class Parts {
  private static final int PATIENCE_SECONDS = 30;
  private static final EnumSet<FeaturesService.Option> NO_OPTIONS =
      EnumSet.noneOf(FeaturesService.Option.class);

  private final BundleContext context;

  Parts(BundleContext context) {
    this.context = context;
  }

  void stop(String name) throws BundleException {
    find(name).stop();
  }

  void start(String name) throws BundleException {
    find(name).start();
  }

  void restart(String name) throws BundleException {
    stop(name);
    start(name);
  }

  /** Installs it anew from where it came, and wires everybody to the new one. */
  void update(String name) throws BundleException, InterruptedException {
    find(name).update();
    refresh(name);
  }

  /** Stops it and everybody who is wired to it, and starts them anew. */
  void refresh(String name) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            List.of(find(name)),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
              }
            });
    if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("refreshing " + name + " did not end");
    }
  }

  /** As the console's command. */
  void install(Set<String> features) throws ExecutionException {
    call(FeaturesService.class, service -> service.installFeatures(features, NO_OPTIONS));
  }

  /** As the console's command. */
  void uninstall(Set<String> features) throws ExecutionException {
    call(FeaturesService.class, service -> service.uninstallFeatures(features, NO_OPTIONS));
  }

  /** The kinds of transport that serve a domain now. */
  List<String> serving(String domain) throws ExecutionException {
    List<String> kinds = new ArrayList<>();
    call(
        FederationTransport.class,
        transport -> {
          if (transport.serves(domain)) {
            kinds.add(transport.kind());
          }
        });
    return kinds;
  }

  private interface Use<S> {
    void of(S service) throws Exception;
  }

  private <S> void call(Class<S> type, Use<S> use) throws ExecutionException {
    try {
      for (ServiceReference<S> reference : context.getServiceReferences(type, null)) {
        S service = context.getService(reference);
        if (service != null) {
          use.of(service);
          context.ungetService(reference);
        }
      }
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }

  /** Those that should be active and are not. */
  List<String> inactive() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
        .map(Bundle::getSymbolicName)
        .toList();
  }

  private Bundle find(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> ("org.wavefed." + name).equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no part " + name));
  }
}
