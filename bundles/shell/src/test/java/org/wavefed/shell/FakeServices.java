// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Services that a test puts in. */
public final class FakeServices implements Services {
  private final List<Found<Object>> services = new ArrayList<>();

  public FakeServices with(Object service) {
    return with(service, Map.of());
  }

  public FakeServices with(Object service, Map<String, Object> properties) {
    services.add(new Found<>(service, properties));
    return this;
  }

  @Override
  public <T> List<Found<T>> all(Class<T> type) {
    return services.stream()
        .filter(found -> type.isInstance(found.service()))
        .map(found -> new Found<>(type.cast(found.service()), found.properties()))
        .toList();
  }
}
