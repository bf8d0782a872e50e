// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Looks services up in the framework and gives them back when closed. For one thread. */
public final class BundleServices implements Services, AutoCloseable {
  private final BundleContext bundles;
  private final Deque<ServiceReference<?>> held = new ArrayDeque<>();

  /**
   * @param bundles the context of the bundle that uses the services
   */
  public BundleServices(BundleContext bundles) {
    this.bundles = bundles;
  }

  @Override
  public <T> List<Found<T>> all(Class<T> type) {
    return references(type).stream()
        .sorted(Comparator.<ServiceReference<T>>naturalOrder().reversed())
        .flatMap(reference -> hold(reference).stream())
        .toList();
  }

  private <T> Collection<ServiceReference<T>> references(Class<T> type) {
    try {
      return bundles.getServiceReferences(type, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
  }

  /** Empty if the service went since it was listed. */
  private <T> Optional<Found<T>> hold(ServiceReference<T> reference) {
    T service = bundles.getService(reference);
    if (service == null) {
      return Optional.empty();
    }
    held.push(reference);
    return Optional.of(new Found<>(service, properties(reference)));
  }

  private static Map<String, Object> properties(ServiceReference<?> reference) {
    Map<String, Object> properties = new TreeMap<>();
    for (String key : reference.getPropertyKeys()) {
      properties.put(key, reference.getProperty(key));
    }
    return properties;
  }

  @Override
  public void close() {
    while (!held.isEmpty()) {
      bundles.ungetService(held.pop());
    }
  }
}
