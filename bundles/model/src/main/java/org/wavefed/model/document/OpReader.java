// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementEnd;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.Component.Retain;

/** Reads an operation step by step; a retain or a text may be read in pieces. Not thread-safe. */
final class OpReader {
  private final DocOp op;
  private int index;
  private int offset;

  OpReader(DocOp op) {
    this.op = op;
  }

  boolean atEnd() {
    return index == op.size();
  }

  /** The component that is read next, or of which a part has been read. */
  Component current() {
    return op.get(index);
  }

  boolean atBoundary() {
    return index < op.size() && op.get(index) instanceof AnnotationBoundary;
  }

  boolean atInsertion() {
    return index < op.size() && isInsertion(op.get(index));
  }

  /** Whether an insertion comes next, be it behind a boundary. */
  boolean isInsertionAhead() {
    return atInsertion()
        || (atBoundary() && index + 1 < op.size() && isInsertion(op.get(index + 1)));
  }

  static boolean isInsertion(Component component) {
    return component instanceof Characters
        || component instanceof ElementStart
        || component instanceof ElementEnd;
  }

  static boolean isDeletion(Component component) {
    return component instanceof DeleteCharacters
        || component instanceof DeleteElementStart
        || component instanceof DeleteElementEnd;
  }

  /** How many items of the current component are still unread. */
  int left() {
    Component component = op.get(index);
    if (component instanceof Retain retain) {
      return retain.count() - offset;
    } else if (component instanceof DeleteCharacters characters) {
      return characters.text().length() - offset;
    } else if (component instanceof Characters characters) {
      return characters.text().length() - offset;
    }
    return 1;
  }

  /** The next characters of a text that is current, which is of this kind. */
  String text(int length) {
    Component component = op.get(index);
    String text =
        component instanceof Characters characters
            ? characters.text()
            : ((DeleteCharacters) component).text();
    return length == text.length() ? text : text.substring(offset, offset + length);
  }

  /** Passes over the whole current component. */
  Component next() {
    offset = 0;
    return op.get(index++);
  }

  /** Passes over some items of the current component. */
  void advance(int length) {
    if (length == left()) {
      index++;
      offset = 0;
    } else {
      offset += length;
    }
  }
}
