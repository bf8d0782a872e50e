// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change of one attribute or annotation.
 *
 * @param key the attribute's name or the annotation's key
 * @param oldValue the value before, null for none
 * @param newValue the value after, null for none
 */
public record ValueChange(String key, @Nullable String oldValue, @Nullable String newValue) {
  /** The same changes back. */
  static List<ValueChange> inverse(List<ValueChange> changes) {
    List<ValueChange> inverse = new ArrayList<>(changes.size());
    for (ValueChange change : changes) {
      inverse.add(new ValueChange(change.key, change.newValue, change.oldValue));
    }
    return inverse;
  }
}
