// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.Retain;

/**
 * Builds an operation in normal form: neighbours of one kind are merged, and of the annotation
 * events at one place only those are kept that change what is active. Not thread-safe.
 */
final class NormalForm {
  /** The run that is being collected; it goes out when something else follows. */
  private enum Run {
    NONE,
    RETAIN,
    CHARACTERS,
    DELETE_CHARACTERS
  }

  private final DocOp.Builder out = DocOp.builder();
  private final ChangeMap active = new ChangeMap();
  private final ChangeMap pending = new ChangeMap();
  private Run run = Run.NONE;
  private int count;
  private String text = "";
  private @Nullable StringBuilder longText;

  /** Adds items that stay. */
  void retain(int length) {
    if (length > 0) {
      begin(Run.RETAIN);
      if (length > Integer.MAX_VALUE - count) {
        flushRun();
        run = Run.RETAIN;
      }
      count += length;
    }
  }

  /** Adds inserted text. */
  void characters(String added) {
    if (!added.isEmpty()) {
      begin(Run.CHARACTERS);
      append(added);
    }
  }

  /** Adds deleted text. */
  void deleteCharacters(String added) {
    if (!added.isEmpty()) {
      begin(Run.DELETE_CHARACTERS);
      append(added);
    }
  }

  /** Adds a component that stands for itself, or one that merges with its neighbours. */
  void add(Component component) {
    if (component instanceof Retain retain) {
      retain(retain.count());
    } else if (component instanceof Characters characters) {
      characters(characters.text());
    } else if (component instanceof DeleteCharacters characters) {
      deleteCharacters(characters.text());
    } else if (component instanceof AnnotationBoundary boundary) {
      add(boundary);
    } else {
      begin(Run.NONE);
      out.add(component);
    }
  }

  /** Adds annotation events. */
  void add(AnnotationBoundary boundary) {
    for (String key : boundary.ends()) {
      end(key);
    }
    for (ValueChange change : boundary.changes()) {
      change(change);
    }
  }

  /** Ends the change of an annotation here. */
  void end(String key) {
    pending.put(key, null);
  }

  /** Starts the change of an annotation, or changes it to another, here. */
  void change(ValueChange change) {
    pending.put(change.key(), change);
  }

  /** What was added, as one operation. */
  DocOp build() {
    flushBoundary();
    flushRun();
    return out.build();
  }

  private void begin(Run next) {
    if (!pending.isEmpty()) {
      flushBoundary();
    }
    if (next != run || next == Run.NONE) {
      flushRun();
      run = next;
    }
  }

  private void append(String added) {
    if (text.isEmpty()) {
      text = added;
      return;
    }
    if (longText == null) {
      longText = new StringBuilder(text);
    }
    longText.append(added);
  }

  private void flushRun() {
    switch (run) {
      case RETAIN -> out.retain(count);
      case CHARACTERS -> out.characters(collectedText());
      case DELETE_CHARACTERS -> out.deleteCharacters(collectedText());
      case NONE -> {}
    }
    run = Run.NONE;
    count = 0;
    text = "";
    longText = null;
  }

  private String collectedText() {
    return longText == null ? text : longText.toString();
  }

  private void flushBoundary() {
    List<String> ends = List.of();
    List<ValueChange> changes = List.of();
    for (int i = 0; i < pending.size(); i++) {
      String key = pending.key(i);
      ValueChange change = pending.change(i);
      ValueChange before = active.get(key);
      if (change == null && before != null) {
        active.remove(key);
        ends = added(ends, key);
      } else if (change != null && !change.equals(before)) {
        active.put(key, change);
        changes = added(changes, change);
      }
    }
    pending.clear();
    if (!ends.isEmpty() || !changes.isEmpty()) {
      flushRun();
      out.annotationBoundary(ends, changes);
    }
  }

  /** A list with one more value; most boundaries need no more than one. */
  private static <T> List<T> added(List<T> list, T value) {
    if (list.isEmpty()) {
      return List.of(value);
    }
    List<T> result = list.size() == 1 ? new ArrayList<>(list) : list;
    result.add(value);
    return result;
  }
}
