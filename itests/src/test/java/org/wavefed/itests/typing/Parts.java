// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests.typing;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of the server, by the names of their rooms. */
final class Parts {
  private static final int PATIENCE_SECONDS = 30;

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
