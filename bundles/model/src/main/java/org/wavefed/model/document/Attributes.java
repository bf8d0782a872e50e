// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from names to values, sorted by name in UTF-16 order: an element's attributes,
 * or the annotations of an item.
 */
public final class Attributes {
  /** No attributes. */
  public static final Attributes EMPTY = new Attributes(new String[0]);

  /** Names at even places in ascending order, each followed by its value. */
  private final String[] entries;

  private Attributes(String[] entries) {
    this.entries = entries;
  }

  /** The entries of a map. */
  public static Attributes of(Map<String, String> map) {
    if (map.isEmpty()) {
      return EMPTY;
    }
    String[] entries = new String[2 * map.size()];
    int i = 0;
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      entries[i++] = entry.getKey();
      entries[i++] = java.util.Objects.requireNonNull(entry.getValue(), entry.getKey());
    }
    return new Attributes(entries);
  }

  /**
   * Names and values in turn; of a name given twice the last value stands.
   *
   * @throws IllegalArgumentException if a value is missing at the end
   */
  public static Attributes of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "no value for " + namesAndValues[namesAndValues.length - 1]);
    }
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(map);
  }

  /** The number of entries. */
  public int size() {
    return entries.length / 2;
  }

  /** Whether there is no entry. */
  public boolean isEmpty() {
    return entries.length == 0;
  }

  /**
   * The name at a place.
   *
   * @param index 0 to size − 1, in ascending order of names
   */
  public String name(int index) {
    return entries[2 * index];
  }

  /**
   * The value at a place.
   *
   * @param index 0 to size − 1, in ascending order of names
   */
  public String value(int index) {
    return entries[2 * index + 1];
  }

  /** The value of a name. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(find(name));
  }

  /** The names in ascending order. */
  public List<String> names() {
    String[] names = new String[size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = name(i);
    }
    return List.of(names);
  }

  /** The value of a name, or null. */
  @Nullable String find(String name) {
    for (int i = 0; i < entries.length; i += 2) {
      if (entries[i].equals(name)) {
        return entries[i + 1];
      }
    }
    return null;
  }

  /** These entries with one set to a value, or removed where the value is null. */
  Attributes with(String name, @Nullable String value) {
    int at = 0;
    while (at < entries.length && entries[at].compareTo(name) < 0) {
      at += 2;
    }
    boolean present = at < entries.length && entries[at].equals(name);
    if (value == null) {
      return present ? spliced(at, at + 2) : this;
    }
    if (present && entries[at + 1].equals(value)) {
      return this;
    }
    return spliced(at, present ? at + 2 : at, name, value);
  }

  private Attributes spliced(int from, int to, String... inserted) {
    int length = entries.length - (to - from) + inserted.length;
    if (length == 0) {
      return EMPTY;
    }
    String[] result = Arrays.copyOf(entries, length);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(entries, to, result, from + inserted.length, entries.length - to);
    return new Attributes(result);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Attributes that && Arrays.equals(entries, that.entries));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  /** The entries as XML attributes, each led by a space. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < entries.length; i += 2) {
      text.append(' ').append(entries[i]).append("=\"").append(entries[i + 1]).append('"');
    }
    return text.toString();
  }
}
