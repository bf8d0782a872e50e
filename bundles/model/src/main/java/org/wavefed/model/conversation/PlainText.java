// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.model.id.ParticipantId;

/** Renders a conversation as plain text, replies indented. Not thread-safe. */
final class PlainText implements ConversationVisitor {
  private final StringBuilder out = new StringBuilder();

  @Override
  public void blip(Blip blip, int depth) {
    List<String> names = new ArrayList<>();
    for (ParticipantId contributor : blip.contributors()) {
      names.add(contributor.address());
    }
    out.append("  ".repeat(depth)).append(blip.id());
    if (!names.isEmpty()) {
      out.append("  ").append(String.join(", ", names));
    }
    out.append(blip.deleted() ? "  (deleted)\n" : "\n");
  }

  @Override
  public void line(Line line, int depth) {
    StringBuilder text = new StringBuilder("  ".repeat(depth + 1 + Math.min(line.indent(), 20)));
    text.append(marker(line.type().orElse("")));
    line.content().forEach(content -> append(content, text));
    out.append(text.toString().stripTrailing()).append('\n');
  }

  private static String marker(String type) {
    return switch (type) {
      case "h1", "h2", "h3", "h4", "h5" -> "#".repeat(type.charAt(1) - '0') + ' ';
      case "li" -> "- ";
      default -> "";
    };
  }

  private static void append(Content content, StringBuilder text) {
    if (content instanceof Content.Text plain) {
      text.append(plain.text());
    } else if (content instanceof Content.Element element) {
      text.append('[').append(element.type());
      element.attributes().get("id").ifPresent(id -> text.append(' ').append(id));
      if (!element.children().isEmpty()) {
        text.append(": ");
        element.children().forEach(child -> append(child, text));
      }
      text.append(']');
    }
  }

  String finish() {
    return out.toString();
  }
}
