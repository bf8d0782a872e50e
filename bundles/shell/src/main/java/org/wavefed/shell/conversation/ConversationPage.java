// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.wavefed.model.conversation.Blip;
import org.wavefed.model.conversation.BlipThread;
import org.wavefed.model.conversation.Content;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.Line;
import org.wavefed.shell.Paragraph;
import org.wavefed.shell.Printable;

/**
 * A conversation as lines of plain text: each blip under its id and its authors, headings and list
 * items marked as in Markdown, reply threads indented below the blip that they answer. For one
 * thread.
 */
public final class ConversationPage {
  private static final int INDENT = 2;

  private final List<String> page = new ArrayList<>();
  private final int width;

  private ConversationPage(int width) {
    this.width = width;
  }

  /**
   * The lines.
   *
   * @param width of the terminal; 0 for no limit
   */
  public static List<String> lines(Conversation conversation, int width) {
    ConversationPage page = new ConversationPage(width);
    page.blips(conversation.blips(), 0);
    return page.page;
  }

  private void blips(List<Blip> blips, int depth) {
    String gap = "";
    for (Blip blip : blips) {
      gap.lines().forEach(page::add);
      gap = "\n";
      add(depth, "", blip.id() + (blip.deleted() ? "  (deleted)" : "") + authors(blip));
      blip.lines().forEach(line -> line(line, depth + 1));
      blip.threads().forEach(thread -> thread(thread, depth + 2));
    }
  }

  private static String authors(Blip blip) {
    return blip.contributors().stream()
        .map(Object::toString)
        .collect(Collectors.joining(", ", "  ", ""));
  }

  private void thread(BlipThread thread, int depth) {
    page.add("");
    add(depth, "", "thread " + thread.id() + (thread.inline() ? " (inline)" : ""));
    blips(thread.blips(), depth);
  }

  private void line(Line line, int depth) {
    String mark = line.type().map(ConversationPage::mark).orElse("");
    add(depth + line.indent(), mark, text(line.content()));
  }

  /** What a line of a type begins with, so that it needs no colour to be told from others. */
  private static String mark(String type) {
    return switch (type) {
      case "h1", "h2", "h3", "h4", "h5" -> "#".repeat(type.charAt(1) - '0') + " ";
      case "li" -> "* ";
      default -> "";
    };
  }

  private static String text(List<Content> content) {
    return content.stream().map(ConversationPage::text).collect(Collectors.joining());
  }

  private static String text(Content content) {
    if (content instanceof Content.Text text) {
      return text.text();
    }
    Content.Element element = (Content.Element) content;
    String name =
        element
            .attributes()
            .get("id")
            .or(() -> element.attributes().get("attachment"))
            .map(value -> " " + value)
            .orElse("");
    String inside = text(element.children());
    return "[" + element.type() + name + (inside.isEmpty() ? "" : ": " + inside) + "]";
  }

  private void add(int depth, String mark, String text) {
    String indent = " ".repeat(INDENT * Math.min(depth, 20));
    page.addAll(Paragraph.lines(indent + mark, Printable.of(text), width));
  }
}
