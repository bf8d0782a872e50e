// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes of some attributes of an element, sorted by name; of a name given twice the last stands.
 *
 * @param changes the changes in ascending order of names
 */
public record AttributesUpdate(List<ValueChange> changes) {
  /** No change. */
  public static final AttributesUpdate EMPTY = new AttributesUpdate(List.of());

  /** Sorts the changes. */
  public AttributesUpdate {
    changes = sorted(changes);
  }

  private static List<ValueChange> sorted(List<ValueChange> changes) {
    boolean ascending = true;
    for (int i = 1; i < changes.size(); i++) {
      ascending &= changes.get(i - 1).key().compareTo(changes.get(i).key()) < 0;
    }
    if (ascending) {
      return List.copyOf(changes);
    }
    TreeMap<String, ValueChange> byName = new TreeMap<>();
    for (ValueChange change : changes) {
      byName.put(change.key(), change);
    }
    return List.copyOf(byName.values());
  }

  /** The change of a name, or null. */
  @Nullable ValueChange find(String name) {
    int low = 0;
    int high = changes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = changes.get(middle).key().compareTo(name);
      if (order == 0) {
        return changes.get(middle);
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Whether every old value is the actual one. */
  boolean fits(Attributes attributes) {
    for (ValueChange change : changes) {
      if (!Objects.equals(attributes.find(change.key()), change.oldValue())) {
        return false;
      }
    }
    return true;
  }

  /** The changes back. */
  AttributesUpdate inverse() {
    return new AttributesUpdate(ValueChange.inverse(changes));
  }
}
