// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.List;
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
 * Judges whether an operation is well-formed, whatever the document ({@code docs/protocol.md},
 * Items and well-formedness).
 */
public final class Validator {
  private final ChangeMap active = new ChangeMap();
  private int insertionDepth;
  private int deletionDepth;
  private boolean afterBoundary;

  private Validator() {}

  /**
   * Returns if the operation is well-formed. A verdict is remembered with the operation.
   *
   * @throws InvalidOperationException of kind ILL_FORMED otherwise
   */
  public static void check(DocOp op) throws InvalidOperationException {
    if (!op.isKnownWellFormed()) {
      new Validator().checkAll(op);
      op.markWellFormed();
    }
  }

  /** Whether a text has only characters that may stand in a document. It may be empty. */
  public static boolean isText(String text) {
    return Text.isPlain(text);
  }

  private void checkAll(DocOp op) throws InvalidOperationException {
    long position = 0;
    for (int i = 0; i < op.size(); i++) {
      Component component = op.get(i);
      String fault = faultOf(component);
      if (fault != null) {
        throw illFormed(fault, i, position);
      }
      afterBoundary = component instanceof AnnotationBoundary;
      position += component.inputLength();
    }
    if (insertionDepth > 0 || deletionDepth > 0) {
      throw illFormed("an element start has no end", op.size(), position);
    }
    if (!active.isEmpty()) {
      throw illFormed("annotation '" + active.key(0) + "' never ends", op.size(), position);
    }
  }

  private static InvalidOperationException illFormed(String fault, int index, long position) {
    return new InvalidOperationException(
        InvalidOperationException.Kind.ILL_FORMED,
        "ill-formed at component " + index + ", item " + position + ": " + fault);
  }

  private @Nullable String faultOf(Component component) {
    if (component instanceof Retain retain) {
      return retain.count() <= 0 ? "retain of " + retain.count() : faultOfKeeping();
    } else if (component instanceof Characters characters) {
      return first(faultOfInserting(), faultOfText(characters.text()));
    } else if (component instanceof ElementStart start) {
      insertionDepth++;
      return first(faultOfInserting(), faultOfElement(start.type(), start.attributes()));
    } else if (component instanceof ElementEnd) {
      return insertionDepth-- > 0 ? faultOfInserting() : "an element end has no start";
    } else if (component instanceof DeleteCharacters characters) {
      return first(faultOfDeleting(), faultOfText(characters.text()));
    } else if (component instanceof DeleteElementStart start) {
      deletionDepth++;
      return first(faultOfDeleting(), faultOfElement(start.type(), start.attributes()));
    } else if (component instanceof DeleteElementEnd) {
      return deletionDepth-- > 0 ? faultOfDeleting() : "a deleted element end has no start";
    } else if (component instanceof ReplaceAttributes replace) {
      return first(
          faultOfKeeping(),
          first(
              faultOfAttributes(replace.oldAttributes()),
              faultOfAttributes(replace.newAttributes())));
    } else if (component instanceof UpdateAttributes update) {
      return first(faultOfKeeping(), faultOfUpdate(update.update()));
    }
    return faultOfBoundary((AnnotationBoundary) component);
  }

  private static @Nullable String first(@Nullable String fault, @Nullable String otherwise) {
    return fault != null ? fault : otherwise;
  }

  private @Nullable String faultOfKeeping() {
    return insertionDepth > 0 || deletionDepth > 0
        ? "an item is kept inside an inserted or deleted element"
        : null;
  }

  private @Nullable String faultOfInserting() {
    return deletionDepth > 0 ? "insertion inside a deleted element" : null;
  }

  private @Nullable String faultOfDeleting() {
    return insertionDepth > 0 ? "deletion inside an inserted element" : null;
  }

  private static @Nullable String faultOfText(String text) {
    if (text.isEmpty()) {
      return "empty text";
    }
    return Text.isPlain(text) ? null : "text contains a surrogate or a noncharacter";
  }

  private static @Nullable String faultOfElement(String type, Attributes attributes) {
    return Text.isXmlName(type)
        ? faultOfAttributes(attributes)
        : "element type '" + type + "' is no XML name";
  }

  private static @Nullable String faultOfAttributes(Attributes attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      String fault = faultOfAttribute(attributes.name(i), attributes.value(i));
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String faultOfUpdate(AttributesUpdate update) {
    for (ValueChange change : update.changes()) {
      String fault =
          first(
              faultOfAttribute(change.key(), change.oldValue()),
              faultOfAttribute(change.key(), change.newValue()));
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String faultOfAttribute(String name, @Nullable String value) {
    if (!Text.isXmlName(name)) {
      return "attribute name '" + name + "' is no XML name";
    }
    return faultOfValue(name, value);
  }

  private static @Nullable String faultOfValue(String key, @Nullable String value) {
    return value == null || Text.isValid(value)
        ? null
        : "the value of '" + key + "' contains a lone surrogate or a noncharacter";
  }

  private @Nullable String faultOfBoundary(AnnotationBoundary boundary) {
    if (afterBoundary) {
      return "two annotation boundaries at one place";
    }
    return first(faultOfEnds(boundary.ends()), faultOfChanges(boundary.changes()));
  }

  private @Nullable String faultOfEnds(List<String> ends) {
    for (int i = 0; i < ends.size(); i++) {
      String key = ends.get(i);
      if (i > 0 && ends.get(i - 1).compareTo(key) >= 0) {
        return "annotation keys are not in ascending order at '" + key + "'";
      }
      if (!active.contains(key)) {
        return "annotation '" + key + "' ends without having started";
      }
      active.remove(key);
    }
    return null;
  }

  private @Nullable String faultOfChanges(List<ValueChange> changes) {
    for (int i = 0; i < changes.size(); i++) {
      ValueChange change = changes.get(i);
      String key = change.key();
      if (i > 0 && changes.get(i - 1).key().compareTo(key) >= 0) {
        return "annotation keys are not in ascending order at '" + key + "'";
      }
      if (!Text.isValid(key)) {
        return "an annotation key contains a lone surrogate or a noncharacter";
      }
      String fault =
          first(faultOfValue(key, change.oldValue()), faultOfValue(key, change.newValue()));
      if (fault != null) {
        return fault;
      }
      active.put(key, change);
    }
    return null;
  }
}
