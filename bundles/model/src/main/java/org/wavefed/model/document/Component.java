// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One step of a document operation. A component may be ill-formed: {@link Validator} judges. */
public sealed interface Component {
  /** How many items of the document before the operation this step passes over or deletes. */
  default int inputLength() {
    return 0;
  }

  /** How many items of the document after the operation this step leaves behind. */
  default int outputLength() {
    return 0;
  }

  /** Keeps items as they are, but for active annotation changes. */
  record Retain(int count) implements Component {
    @Override
    public int inputLength() {
      return count;
    }

    @Override
    public int outputLength() {
      return count;
    }
  }

  /** Inserts text. */
  record Characters(String text) implements Component {
    @Override
    public int outputLength() {
      return text.length();
    }
  }

  /** Inserts an element's start. */
  record ElementStart(String type, Attributes attributes) implements Component {
    @Override
    public int outputLength() {
      return 1;
    }
  }

  /** Inserts the end of the innermost element started by this operation. */
  record ElementEnd() implements Component {
    /** The only value there is. */
    public static final ElementEnd INSTANCE = new ElementEnd();

    @Override
    public int outputLength() {
      return 1;
    }
  }

  /** Deletes text, which must be this. */
  record DeleteCharacters(String text) implements Component {
    @Override
    public int inputLength() {
      return text.length();
    }
  }

  /** Deletes an element's start, which must be of this type with exactly these attributes. */
  record DeleteElementStart(String type, Attributes attributes) implements Component {
    @Override
    public int inputLength() {
      return 1;
    }
  }

  /** Deletes the end of the innermost element whose start this operation deleted. */
  record DeleteElementEnd() implements Component {
    /** The only value there is. */
    public static final DeleteElementEnd INSTANCE = new DeleteElementEnd();

    @Override
    public int inputLength() {
      return 1;
    }
  }

  /** Replaces all attributes of an element, which must be the old ones. */
  record ReplaceAttributes(Attributes oldAttributes, Attributes newAttributes)
      implements Component {
    @Override
    public int inputLength() {
      return 1;
    }

    @Override
    public int outputLength() {
      return 1;
    }
  }

  /** Changes some attributes of an element. */
  record UpdateAttributes(AttributesUpdate update) implements Component {
    @Override
    public int inputLength() {
      return 1;
    }

    @Override
    public int outputLength() {
      return 1;
    }
  }

  /**
   * Ends and starts annotation changes from here on.
   *
   * @param ends the keys whose change ends here
   * @param changes the changes that begin, or change, here
   */
  record AnnotationBoundary(List<String> ends, List<ValueChange> changes) implements Component {
    /** A boundary at which nothing happens. */
    public static final AnnotationBoundary EMPTY = new AnnotationBoundary(List.of(), List.of());

    /**
     * @throws IllegalArgumentException if a key is empty, contains {@code ?} or {@code @}, or
     *     stands twice
     */
    public AnnotationBoundary {
      ends = List.copyOf(ends);
      changes = List.copyOf(changes);
      for (int i = 0; i < ends.size(); i++) {
        requireKey(ends.get(i));
      }
      for (int i = 0; i < changes.size(); i++) {
        requireKey(changes.get(i).key());
      }
      if (ends.size() + changes.size() > 1) {
        requireDistinct(ends, changes);
      }
    }

    private static void requireDistinct(List<String> ends, List<ValueChange> changes) {
      if (isAscending(ends, changes)) {
        return;
      }
      Set<String> keys = new HashSet<>(ends);
      for (ValueChange change : changes) {
        keys.add(change.key());
      }
      if (keys.size() < ends.size() + changes.size()) {
        throw new IllegalArgumentException("an annotation boundary names a key twice");
      }
    }

    /** Whether all keys together can be read in strictly ascending order; the usual case. */
    private static boolean isAscending(List<String> ends, List<ValueChange> changes) {
      String last = "";
      int i = 0;
      int j = 0;
      while (i < ends.size() || j < changes.size()) {
        boolean takeEnd =
            j == changes.size()
                || (i < ends.size() && ends.get(i).compareTo(changes.get(j).key()) < 0);
        String key = takeEnd ? ends.get(i++) : changes.get(j++).key();
        if (key.compareTo(last) <= 0) {
          return false;
        }
        last = key;
      }
      return true;
    }

    private static void requireKey(String key) {
      if (key.isEmpty() || key.indexOf('?') >= 0 || key.indexOf('@') >= 0) {
        throw new IllegalArgumentException(
            "annotation key '" + key + "' is empty or contains ? or @");
      }
    }
  }
}
