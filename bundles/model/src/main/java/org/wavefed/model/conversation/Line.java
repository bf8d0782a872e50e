// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;
import java.util.Optional;
import org.wavefed.model.document.Attributes;

/**
 * One line of a blip.
 *
 * @param attributes the attributes of its {@code line} element
 * @param content what stands in it
 */
public record Line(Attributes attributes, List<Content> content) {
  private static final int MAX_INDENT_DIGITS = 4;

  /** Copies the content. */
  public Line {
    content = List.copyOf(content);
  }

  /** {@code h1} to {@code h5} for a heading, {@code li} for a list item, absent for plain text. */
  public Optional<String> type() {
    return attributes.get("t");
  }

  /** The depth of indentation, 0 or more; 0 where the attribute is no such number. */
  public int indent() {
    String indent = attributes.get("i").orElse("0");
    boolean isNumber = !indent.isEmpty() && indent.length() <= MAX_INDENT_DIGITS;
    for (int i = 0; i < indent.length(); i++) {
      isNumber &= indent.charAt(i) >= '0' && indent.charAt(i) <= '9';
    }
    return isNumber ? Integer.parseInt(indent) : 0;
  }

  /** The text of the line, without that of elements. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Content part : content) {
      if (part instanceof Content.Text plain) {
        text.append(plain.text());
      }
    }
    return text.toString();
  }
}
