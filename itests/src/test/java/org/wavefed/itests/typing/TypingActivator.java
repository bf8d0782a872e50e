// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests.typing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.wavefed.wave.WaveService;

/** Writes the port on which it is told what to do into the file that its manifest names. */
public final class TypingActivator implements BundleActivator {
  /** The manifest's header. */
  public static final String PORT_FILE = "Typing-Port-File";

  private ServerSocket listener;
  private ServiceTracker<WaveService, WaveService> services;

  @Override
  public void start(BundleContext context) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    services = new ServiceTracker<>(context, WaveService.class, null);
    services.open();
    Supplier<Optional<WaveService>> waves = () -> Optional.ofNullable(services.getService());
    Remote remote = new Remote(listener, waves, new Typists(waves), new Parts(context));
    new Thread(remote, "typing remote").start();
    Path file = Path.of(context.getBundle().getHeaders().get(PORT_FILE));
    Files.writeString(file, Integer.toString(listener.getLocalPort()));
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    listener.close();
    services.close();
  }
}
