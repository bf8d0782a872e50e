// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wavefed.model.conversation.Part.ElementPart;
import org.wavefed.model.conversation.Part.TextPart;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.Document;
import org.wavefed.model.id.ParticipantId;

/** The document of a blip, taken to pieces: contributors first, then the body with its lines. */
final class BlipDocument {
  private final List<ElementPart> contributors;
  private final Optional<ElementPart> body;

  BlipDocument(Document document) {
    List<Part> parts = Part.of(document);
    contributors = Part.elements(parts, "contributor");
    body = Part.elements(parts, "body").stream().findFirst();
  }

  List<ParticipantId> contributors() {
    return contributors.stream()
        .flatMap(contributor -> contributor.attributes().get("name").stream())
        .map(ParticipantId::new)
        .toList();
  }

  /** The place for one more contributor. */
  int contributorPlace() {
    return contributors.isEmpty() ? 0 : contributors.get(contributors.size() - 1).end() + 1;
  }

  Optional<ElementPart> body() {
    return body;
  }

  boolean hasLine() {
    return body.isPresent() && !body.get().elements("line").isEmpty();
  }

  /** The lines; text before the first line element makes a line too. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Attributes attributes = Attributes.EMPTY;
    List<Content> content = new ArrayList<>();
    boolean begun = false;
    for (Part part : body.map(ElementPart::children).orElse(List.of())) {
      if (part instanceof ElementPart element && element.type().equals("line")) {
        if (begun) {
          lines.add(new Line(attributes, content));
        }
        attributes = element.attributes();
        content = new ArrayList<>();
      } else {
        content.add(content(part));
      }
      begun = true;
    }
    if (begun) {
      lines.add(new Line(attributes, content));
    }
    return lines;
  }

  private static Content content(Part part) {
    if (part instanceof TextPart text) {
      return new Content.Text(text.text(), text.annotations());
    }
    ElementPart element = (ElementPart) part;
    List<Content> children = element.children().stream().map(BlipDocument::content).toList();
    return new Content.Element(element.type(), element.attributes(), children);
  }

  /**
   * The place of the item before which a text goes.
   *
   * @param offset the place in the text of the lines, separated by line feeds
   * @return absent if the text is shorter
   */
  Optional<Integer> place(int offset) {
    if (offset < 0) {
      return Optional.empty();
    }
    int passed = 0;
    boolean begun = false;
    for (Part part : body.map(ElementPart::children).orElse(List.of())) {
      if (part instanceof TextPart text) {
        int length = text.text().length();
        if (offset <= passed + length) {
          return Optional.of(text.start() + offset - passed);
        }
        passed += length;
      } else if (part instanceof ElementPart element && element.type().equals("line")) {
        passed += begun ? 1 : 0;
        if (passed == offset) {
          return Optional.of(element.end() + 1);
        }
      }
      begun = true;
    }
    return Optional.empty();
  }
}
