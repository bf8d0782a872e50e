// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import org.wavefed.model.document.Component.DeleteElementEnd;
import org.wavefed.model.document.Component.DeleteElementStart;

/**
 * What a transformation knows of one of its two operations: how far it is read, and the operation
 * that it becomes. Not thread-safe.
 *
 * <p>Annotations are what makes it hard. Each side tracks the changes that are active in what it
 * reads; those that are active in what it writes may differ, since the client's change of a key
 * wins over the server's. And where one side deletes an item that the other keeps, the deletion has
 * to name the annotation values that the other side gives to the item and to the last one kept
 * before it. So each side also remembers what was active in its output at that last item kept by
 * both, for every key that it changed since.
 */
final class TransformSide {
  final OpReader in;
  final NormalForm out = new NormalForm();

  /** The annotation changes that are active in the operation read. */
  final ChangeMap tracked = new ChangeMap();

  /** The annotation changes that are active in the operation written. */
  private final ChangeMap active = new ChangeMap();

  /** For each annotation changed since the last item kept by both: what was active there. */
  private final ChangeMap propagating = new ChangeMap();

  /** How many elements that the operation deletes are open here. */
  int deletionDepth;

  TransformSide(DocOp op) {
    in = new OpReader(op);
  }

  /** Passes over items of the operation read. */
  void advance(int length) {
    Component component = in.current();
    if (component instanceof DeleteElementStart) {
      deletionDepth++;
    } else if (component instanceof DeleteElementEnd) {
      deletionDepth--;
    }
    in.advance(length);
  }

  /** Ends an annotation change in the operation written. */
  void end(String key) {
    ValueChange before = active.get(key);
    if (before != null) {
      propagating.putIfAbsent(key, before);
      active.remove(key);
      out.end(key);
    }
  }

  /** Begins an annotation change in the operation written. */
  void change(ValueChange change) {
    ValueChange before = active.get(change.key());
    if (!change.equals(before)) {
      propagating.putIfAbsent(change.key(), before);
      active.put(change.key(), change);
      out.change(change);
    }
  }

  /** Notes that both operations keep an item here. */
  void keptItem() {
    propagating.clear();
  }

  /**
   * Writes a deletion of items that the other side keeps. A deletion resets annotations to those of
   * the item before, so it has to speak of those that the other side has changed meanwhile.
   */
  void delete(Component deletion, TransformSide other) {
    ChangeMap restored = new ChangeMap();
    for (int i = 0; i < other.propagating.size(); i++) {
      String key = other.propagating.key(i);
      ValueChange before = other.propagating.change(i);
      ValueChange now = other.active.get(key);
      ValueChange current = active.get(key);
      if (before != null) {
        restored.put(key, current);
        String oldValue =
            current != null ? current.oldValue() : now != null ? now.newValue() : before.oldValue();
        change(new ValueChange(key, oldValue, before.newValue()));
      } else if (now != null) {
        restored.put(key, current);
        String newValue = current != null ? current.newValue() : now.oldValue();
        change(new ValueChange(key, now.newValue(), newValue));
      }
    }
    out.add(deletion);
    propagating.clear();
    restore(restored);
  }

  private void restore(ChangeMap restored) {
    for (int i = 0; i < restored.size(); i++) {
      ValueChange change = restored.change(i);
      if (change == null) {
        end(restored.key(i));
      } else {
        change(change);
      }
    }
  }

  DocOp build() {
    DocOp op = out.build();
    op.markWellFormed();
    return op;
  }
}
