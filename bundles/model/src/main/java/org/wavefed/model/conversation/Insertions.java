// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.TreeMap;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.Component;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.DocOp;

/** Builds an operation that inserts at some places of a document and keeps the rest. */
final class Insertions {
  private final int size;
  private final TreeMap<Integer, DocOp.Builder> places = new TreeMap<>();

  /**
   * @param size the size of the document in items
   */
  Insertions(int size) {
    this.size = size;
  }

  /** Inserts an element with nothing in it. */
  Insertions element(int place, String type, Attributes attributes) {
    return start(place, type, attributes).end(place);
  }

  /** Inserts the start of an element; what follows at the same place goes into it. */
  Insertions start(int place, String type, Attributes attributes) {
    return add(place, new ElementStart(type, attributes));
  }

  /** Inserts the end of an element. */
  Insertions end(int place) {
    return add(place, ElementEnd.INSTANCE);
  }

  /** Inserts text in which each line feed starts a new line. */
  Insertions text(int place, String text) {
    int start = 0;
    while (true) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end);
      if (!line.isEmpty()) {
        add(place, new Characters(line));
      }
      if (end < 0) {
        return this;
      }
      element(place, "line", Attributes.EMPTY);
      start = end + 1;
    }
  }

  private Insertions add(int place, Component component) {
    places.computeIfAbsent(place, unused -> DocOp.builder()).add(component);
    return this;
  }

  DocOp build() {
    DocOp.Builder op = DocOp.builder();
    int done = 0;
    for (var entry : places.entrySet()) {
      retain(op, entry.getKey() - done);
      entry.getValue().build().components().forEach(op::add);
      done = entry.getKey();
    }
    retain(op, size - done);
    return op.build();
  }

  private static void retain(DocOp.Builder op, int count) {
    if (count > 0) {
      op.retain(count);
    }
  }
}
