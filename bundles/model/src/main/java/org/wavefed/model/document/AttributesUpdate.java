// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.List;
import java.util.TreeMap;

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
}
