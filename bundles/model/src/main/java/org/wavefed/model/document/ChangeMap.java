// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small mutable map from annotation keys to changes, sorted by key in UTF-16 order. A key may be
 * present without a change. Operations seldom have more than a handful of keys, so that plain
 * arrays beat trees. Not thread-safe.
 */
final class ChangeMap {
  private static final String[] NO_KEYS = {};
  private static final @Nullable ValueChange[] NO_CHANGES = {};

  private String[] keys = NO_KEYS;
  private @Nullable ValueChange[] changes = NO_CHANGES;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  String key(int index) {
    return keys[index];
  }

  @Nullable ValueChange change(int index) {
    return changes[index];
  }

  boolean contains(String key) {
    return indexOf(key) >= 0;
  }

  @Nullable ValueChange get(String key) {
    int index = indexOf(key);
    return index < 0 ? null : changes[index];
  }

  void put(String key, @Nullable ValueChange change) {
    int index = indexOf(key);
    if (index < 0) {
      insert(-1 - index, key, change);
    } else {
      changes[index] = change;
    }
  }

  void putIfAbsent(String key, @Nullable ValueChange change) {
    int index = indexOf(key);
    if (index < 0) {
      insert(-1 - index, key, change);
    }
  }

  void remove(String key) {
    int index = indexOf(key);
    if (index >= 0) {
      size--;
      System.arraycopy(keys, index + 1, keys, index, size - index);
      System.arraycopy(changes, index + 1, changes, index, size - index);
    }
  }

  void clear() {
    size = 0;
  }

  /** The place of a key, or −1 − the place where it belongs. */
  private int indexOf(String key) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = keys[middle].compareTo(key);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  private void insert(int index, String key, @Nullable ValueChange change) {
    if (size == keys.length) {
      int capacity = Math.max(4, 2 * size);
      keys = Arrays.copyOf(keys, capacity);
      changes = Arrays.copyOf(changes, capacity);
    }
    System.arraycopy(keys, index, keys, index + 1, size - index);
    System.arraycopy(changes, index, changes, index + 1, size - index);
    keys[index] = key;
    changes[index] = change;
    size++;
  }

  /** The changes in order of their keys; only of a map in which every key has one. */
  List<ValueChange> changes() {
    return Arrays.asList(changes).subList(0, size);
  }
}
