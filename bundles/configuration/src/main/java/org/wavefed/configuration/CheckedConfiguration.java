// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A configuration that was read, its faults, and what nobody reads of it. Immutable.
 *
 * @param <C> the configuration type; its members are {@code String}, {@code int}, {@code long} or
 *     {@code boolean}
 * @param values the values; of a fault, the default
 * @param faults what makes no sense, ordered by key
 * @param warnings a line for each key that is none, with the nearest one; ordered by key
 */
public record CheckedConfiguration<C extends Annotation>(
    C values, List<Fault> faults, List<String> warnings) {
  /**
   * A value that makes no sense.
   *
   * @param message one line: the key, the file, what is allowed and what is there
   * @param usual the default that counts in its place
   */
  public record Fault(String message, String usual) {}

  /** Copies the lists and sorts the faults. */
  public CheckedConfiguration {
    faults = faults.stream().sorted(Comparator.comparing(Fault::message)).toList();
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a configuration.
   *
   * @param type the configuration type
   * @param file the name of its file, for messages
   * @param properties what OSGi has of it: texts, or what the members are
   * @param own other keys that the component itself has set
   */
  public static <C extends Annotation> CheckedConfiguration<C> of(
      Class<C> type, String file, Map<String, ?> properties, String... own) {
    Map<String, Object> values = new HashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (Method member : type.getDeclaredMethods()) {
      String key = Keys.of(member.getName());
      Object usual = member.getDefaultValue();
      Object given = properties.get(key);
      try {
        values.put(member.getName(), given == null ? usual : Value.of(member, given));
      } catch (IllegalArgumentException e) {
        String message = "%s in etc/%s %s".formatted(key, file, e.getMessage());
        faults.add(new Fault(message, String.valueOf(usual)));
        values.put(member.getName(), usual);
      }
    }
    return new CheckedConfiguration<>(
        proxy(type, values), faults, new Keys(type).warnings(file, properties, Set.of(own)));
  }

  private static <C extends Annotation> C proxy(Class<C> type, Map<String, Object> values) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "annotationType" -> type;
                  case "hashCode" -> values.hashCode();
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> values.toString();
                  default -> values.get(method.getName());
                }));
  }

  /** The values, with a line to the log for each fault. */
  public C orDefaults(Consumer<String> log) {
    faults.forEach(fault -> log.accept(fault.message() + "; " + fault.usual() + " is used"));
    return values;
  }

  /**
   * The values, if there is no fault.
   *
   * @throws IllegalArgumentException with the line of the first one
   */
  public C orRefuse() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(faults.get(0).message());
    }
    return values;
  }
}
