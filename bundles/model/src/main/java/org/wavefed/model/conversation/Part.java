// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.Document;

/** A piece of a document with its place in it. */
sealed interface Part {
  /** The place of its first item. */
  int start();

  /** Text with the same annotations. */
  record TextPart(int start, String text, Attributes annotations) implements Part {}

  /**
   * An element.
   *
   * @param end the place of its end item
   */
  record ElementPart(int start, int end, String type, Attributes attributes, List<Part> children)
      implements Part {
    /** The elements of a type that are directly in it. */
    List<ElementPart> elements(String childType) {
      return Part.elements(children, childType);
    }
  }

  /** The elements of a type among some parts. */
  static List<ElementPart> elements(List<Part> parts, String type) {
    List<ElementPart> elements = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof ElementPart element && element.type().equals(type)) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** Takes a document to pieces. Pieces nested too deep for any conversation are left out. */
  static List<Part> of(Document document) {
    Collector collector = new Collector();
    document.read(collector);
    collector.flushText();
    return collector.siblings;
  }

  /** Builds the pieces bottom up. */
  final class Collector implements Document.Reader {
    /** Deeper nesting means nothing to people, and would only exhaust the stack of a reader. */
    private static final int MAX_DEPTH = 200;

    private record Open(int start, String type, Attributes attributes, List<Part> siblings) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private Attributes textAnnotations = Attributes.EMPTY;
    private List<Part> siblings = new ArrayList<>();
    private int position;

    @Override
    public void characters(String characters, Attributes annotations) {
      if (!annotations.equals(textAnnotations)) {
        flushText();
        textAnnotations = annotations;
      }
      text.append(characters);
      position += characters.length();
    }

    @Override
    public void elementStart(String type, Attributes attributes, Attributes annotations) {
      flushText();
      open.push(new Open(position++, type, attributes, siblings));
      siblings = new ArrayList<>();
    }

    @Override
    public void elementEnd(Attributes annotations) {
      flushText();
      Open element = open.pop();
      List<Part> children = siblings;
      siblings = element.siblings;
      if (open.size() < MAX_DEPTH) {
        siblings.add(
            new ElementPart(
                element.start, position, element.type, element.attributes, List.copyOf(children)));
      }
      position++;
    }

    private void flushText() {
      if (!text.isEmpty()) {
        siblings.add(new TextPart(position - text.length(), text.toString(), textAnnotations));
        text.setLength(0);
      }
    }
  }
}
