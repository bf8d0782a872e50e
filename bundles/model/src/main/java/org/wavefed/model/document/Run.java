// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import org.jspecify.annotations.Nullable;

/** Neighbouring items with the same annotations: some text, or one end of an element. Immutable. */
abstract sealed class Run extends Node {
  /** The longest text in one run, so that an edit copies no more than that. */
  static final int MAX_TEXT = 128;

  final Attributes annotations;

  private Run(int size, Attributes annotations) {
    super(size, !annotations.isEmpty());
    this.annotations = annotations;
  }

  /** The same items with other annotations. */
  abstract Run with(Attributes otherAnnotations);

  /** Some of the items. */
  Run part(int from, int to) {
    return this;
  }

  /** This run with text inserted, or null if that does not make one run. */
  @Nullable Run withText(int place, TextRun inserted) {
    return null;
  }

  /** Text. */
  static final class TextRun extends Run {
    final String text;

    TextRun(String text, Attributes annotations) {
      super(text.length(), annotations);
      this.text = text;
    }

    @Override
    TextRun with(Attributes otherAnnotations) {
      return new TextRun(text, otherAnnotations);
    }

    @Override
    @Nullable TextRun withText(int place, TextRun inserted) {
      if (size + inserted.size > MAX_TEXT || !annotations.equals(inserted.annotations)) {
        return null;
      }
      String whole =
          place == size
              ? text.concat(inserted.text)
              : text.substring(0, place) + inserted.text + text.substring(place);
      return new TextRun(whole, annotations);
    }

    @Override
    TextRun part(int from, int to) {
      return to - from == size ? this : new TextRun(text.substring(from, to), annotations);
    }

    @Override
    void read(Document.Reader reader) {
      reader.characters(text, annotations);
    }
  }

  /** An element's start. */
  static final class StartRun extends Run {
    final String type;
    final Attributes attributes;

    StartRun(String type, Attributes attributes, Attributes annotations) {
      super(1, annotations);
      this.type = type;
      this.attributes = attributes;
    }

    @Override
    StartRun with(Attributes otherAnnotations) {
      return new StartRun(type, attributes, otherAnnotations);
    }

    @Override
    void read(Document.Reader reader) {
      reader.elementStart(type, attributes, annotations);
    }
  }

  /** An element's end. */
  static final class EndRun extends Run {
    private static final EndRun PLAIN = new EndRun(Attributes.EMPTY);

    private EndRun(Attributes annotations) {
      super(1, annotations);
    }

    static EndRun of(Attributes annotations) {
      return annotations.isEmpty() ? PLAIN : new EndRun(annotations);
    }

    @Override
    EndRun with(Attributes otherAnnotations) {
      return of(otherAnnotations);
    }

    @Override
    void read(Document.Reader reader) {
      reader.elementEnd(annotations);
    }
  }
}
