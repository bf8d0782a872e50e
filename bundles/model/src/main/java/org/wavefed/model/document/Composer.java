// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementEnd;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.Component.ReplaceAttributes;
import org.wavefed.model.document.Component.Retain;
import org.wavefed.model.document.Component.UpdateAttributes;

/**
 * Joins two operations, the second for the document that the first produces, into one ({@code
 * docs/protocol.md}, Composition).
 */
public final class Composer {
  private final OpReader first;
  private final OpReader second;
  private final NormalForm out = new NormalForm();
  private final ChangeMap firstActive = new ChangeMap();
  private final ChangeMap secondActive = new ChangeMap();
  private @Nullable AnnotationBoundary firstBoundary;
  private @Nullable AnnotationBoundary secondBoundary;

  private Composer(DocOp first, DocOp second) {
    this.first = new OpReader(first);
    this.second = new OpReader(second);
  }

  /**
   * The operation, in normal form, that does what the first and then the second do.
   *
   * @throws InvalidOperationException if one is ill-formed, or the second does not fit the first.
   *     That the second names the annotations right is not checked.
   */
  public static DocOp compose(DocOp first, DocOp second) throws InvalidOperationException {
    Validator.check(first);
    Validator.check(second);
    if (first.outputLength() != second.inputLength()) {
      throw mismatch(
          "the first operation leaves "
              + first.outputLength()
              + " items, the second expects "
              + second.inputLength());
    }
    DocOp composed = new Composer(first, second).compose();
    composed.markWellFormed();
    return composed;
  }

  private static InvalidOperationException mismatch(String reason) {
    return new InvalidOperationException(
        InvalidOperationException.Kind.INVALID_DOCUMENT, "operations do not fit: " + reason);
  }

  private static InvalidOperationException mismatch(Component first, Component second) {
    return mismatch(second + " follows " + first);
  }

  private DocOp compose() throws InvalidOperationException {
    while (!first.atEnd()) {
      Component component = first.current();
      if (component instanceof AnnotationBoundary boundary) {
        firstBoundary = boundary;
        first.next();
      } else if (OpReader.isDeletion(component)) {
        flushFirst();
        out.add(first.next());
      } else {
        takeSecond();
        flushFirst();
        flushSecond();
        combine();
      }
    }
    takeSecond();
    flushFirst();
    flushSecond();
    return out.build();
  }

  /** Takes what stands in the second operation before its next item. */
  private void takeSecond() {
    while (!second.atEnd()) {
      Component component = second.current();
      if (component instanceof AnnotationBoundary boundary) {
        secondBoundary = boundary;
        second.next();
      } else if (OpReader.isInsertion(component)) {
        flushSecond();
        out.add(second.next());
      } else {
        return;
      }
    }
  }

  private void flushFirst() {
    if (firstBoundary == null) {
      return;
    }
    for (String key : firstBoundary.ends()) {
      ValueChange over = secondActive.get(key);
      if (over == null) {
        out.end(key);
      } else {
        out.change(over);
      }
      firstActive.remove(key);
    }
    for (ValueChange change : firstBoundary.changes()) {
      ValueChange over = secondActive.get(change.key());
      out.change(over == null ? change : joined(change, over));
      firstActive.put(change.key(), change);
    }
    firstBoundary = null;
  }

  private void flushSecond() {
    if (secondBoundary == null) {
      return;
    }
    for (String key : secondBoundary.ends()) {
      ValueChange under = firstActive.get(key);
      if (under == null) {
        out.end(key);
      } else {
        out.change(under);
      }
      secondActive.remove(key);
    }
    for (ValueChange change : secondBoundary.changes()) {
      ValueChange under = firstActive.get(change.key());
      out.change(under == null ? change : joined(under, change));
      secondActive.put(change.key(), change);
    }
    secondBoundary = null;
  }

  private static ValueChange joined(ValueChange before, ValueChange after) {
    return new ValueChange(before.key(), before.oldValue(), after.newValue());
  }

  private void combine() throws InvalidOperationException {
    Component one = first.current();
    Component two = second.current();
    if (one instanceof Retain) {
      combineRetain(two);
    } else if (two instanceof Retain) {
      int length = Math.min(first.left(), second.left());
      if (one instanceof Characters) {
        out.characters(first.text(length));
      } else {
        out.add(one);
      }
      first.advance(length);
      second.advance(length);
    } else if (one instanceof Characters && two instanceof DeleteCharacters) {
      cancelText();
    } else {
      combineElement(one, two);
      first.next();
      second.next();
    }
  }

  private void combineRetain(Component two) {
    int length = Math.min(first.left(), second.left());
    if (two instanceof Retain) {
      out.retain(length);
    } else if (two instanceof DeleteCharacters) {
      out.deleteCharacters(second.text(length));
    } else {
      out.add(two);
    }
    first.advance(length);
    second.advance(length);
  }

  private void cancelText() throws InvalidOperationException {
    int length = Math.min(first.left(), second.left());
    String inserted = first.text(length);
    String deleted = second.text(length);
    if (!inserted.equals(deleted)) {
      throw mismatch("'" + deleted + "' is deleted where '" + inserted + "' was inserted");
    }
    first.advance(length);
    second.advance(length);
  }

  private void combineElement(Component one, Component two) throws InvalidOperationException {
    if (one instanceof ElementEnd && two instanceof DeleteElementEnd) {
      return;
    } else if (one instanceof ElementStart start) {
      combineStart(start, two);
    } else if (one instanceof ReplaceAttributes replace) {
      combineReplace(replace, two);
    } else if (one instanceof UpdateAttributes update) {
      combineUpdate(update, two);
    } else {
      throw mismatch(one, two);
    }
  }

  private void combineStart(ElementStart start, Component two) throws InvalidOperationException {
    if (two instanceof DeleteElementStart delete) {
      require(start.type().equals(delete.type()), start, two);
      require(start.attributes().equals(delete.attributes()), start, two);
    } else {
      out.add(new ElementStart(start.type(), changed(start.attributes(), start, two)));
    }
  }

  private void combineReplace(ReplaceAttributes replace, Component two)
      throws InvalidOperationException {
    if (two instanceof DeleteElementStart delete) {
      require(replace.newAttributes().equals(delete.attributes()), replace, two);
      out.add(new DeleteElementStart(delete.type(), replace.oldAttributes()));
    } else {
      Attributes after = changed(replace.newAttributes(), replace, two);
      out.add(new ReplaceAttributes(replace.oldAttributes(), after));
    }
  }

  private void combineUpdate(UpdateAttributes update, Component two)
      throws InvalidOperationException {
    if (two instanceof DeleteElementStart delete) {
      Attributes before = undone(delete.attributes(), update, two);
      out.add(new DeleteElementStart(delete.type(), before));
    } else if (two instanceof ReplaceAttributes replace) {
      Attributes before = undone(replace.oldAttributes(), update, two);
      out.add(new ReplaceAttributes(before, replace.newAttributes()));
    } else if (two instanceof UpdateAttributes next) {
      out.add(new UpdateAttributes(merged(update, next)));
    } else {
      throw mismatch(update, two);
    }
  }

  /** The attributes after a second component that changes them. */
  private static Attributes changed(Attributes attributes, Component one, Component two)
      throws InvalidOperationException {
    if (two instanceof ReplaceAttributes replace) {
      require(attributes.equals(replace.oldAttributes()), one, two);
      return replace.newAttributes();
    } else if (two instanceof UpdateAttributes update) {
      require(update.update().fits(attributes), one, two);
      return attributes.with(update.update().changes());
    }
    throw mismatch(one, two);
  }

  /** The attributes before an update that led to the given ones. */
  private static Attributes undone(Attributes after, UpdateAttributes update, Component two)
      throws InvalidOperationException {
    AttributesUpdate undo = update.update().inverse();
    require(undo.fits(after), update, two);
    return after.with(undo.changes());
  }

  private static AttributesUpdate merged(UpdateAttributes one, UpdateAttributes two)
      throws InvalidOperationException {
    List<ValueChange> changes = new ArrayList<>();
    for (ValueChange after : two.update().changes()) {
      ValueChange before = one.update().find(after.key());
      require(before == null || Objects.equals(before.newValue(), after.oldValue()), one, two);
      changes.add(before == null ? after : joined(before, after));
    }
    for (ValueChange before : one.update().changes()) {
      if (two.update().find(before.key()) == null) {
        changes.add(before);
      }
    }
    return new AttributesUpdate(changes);
  }

  private static void require(boolean fits, Component one, Component two)
      throws InvalidOperationException {
    if (!fits) {
      throw mismatch(one, two);
    }
  }
}
