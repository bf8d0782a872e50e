// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      entries[i++] = Objects.requireNonNull(entry.getValue(), entry.getKey());
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
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = name(middle).compareTo(name);
      if (order == 0) {
        return value(middle);
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /**
   * These entries after some changes, whose old values do not matter.
   *
   * @param changes in ascending order of keys
   */
  Attributes with(List<ValueChange> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    String[] result = new String[entries.length + 2 * changes.size()];
    int length = 0;
    int from = 0;
    for (ValueChange change : changes) {
      int to = from;
      while (to < entries.length && entries[to].compareTo(change.key()) < 0) {
        to += 2;
      }
      System.arraycopy(entries, from, result, length, to - from);
      length += to - from;
      from = to < entries.length && entries[to].equals(change.key()) ? to + 2 : to;
      String value = change.newValue();
      if (value != null) {
        result[length++] = change.key();
        result[length++] = value;
      }
    }
    System.arraycopy(entries, from, result, length, entries.length - from);
    length += entries.length - from;
    return length == 0 ? EMPTY : new Attributes(Arrays.copyOf(result, length));
  }

  /** Sees the differences between two sets of attributes, in ascending order of names. */
  interface Differences {
    /** A name whose value is not the same on both sides. */
    void differ(String name, @Nullable String value, @Nullable String otherValue);
  }

  /** Shows in what another set differs from this one. */
  void compare(Attributes other, Differences differences) {
    int i = 0;
    int j = 0;
    while (i < size() || j < other.size()) {
      int order = i == size() ? 1 : j == other.size() ? -1 : name(i).compareTo(other.name(j));
      if (order < 0) {
        differences.differ(name(i), value(i), null);
      } else if (order > 0) {
        differences.differ(other.name(j), null, other.value(j));
      } else if (!value(i).equals(other.value(j))) {
        differences.differ(name(i), value(i), other.value(j));
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
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
