// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.shell.Paragraph;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Times;
import org.wavefed.wave.WaveletChange;

/**
 * Changes as they come, a line for each: when, who, what, where. What one person goes on typing at
 * one place grows on one line: on a terminal it is written anew with each keystroke, elsewhere once
 * the person pauses. For one thread.
 */
public final class LiveView {
  private static final String REWRITE = "\r\u001B[K";

  /** What nobody sees, and what is pasted at once, must not grow without bound. */
  private static final int LONGEST = 1000;

  private final PrintStream out;
  private final Times times;
  private final int width;
  private @Nullable Typing typing;

  /**
   * @param width of the terminal, whose current line can be rewritten; 0 if there is no terminal
   */
  public LiveView(PrintStream out, Times times, int width) {
    this.out = out;
    this.times = times;
    this.width = width;
  }

  /** A line that goes on growing. */
  private record Typing(String start, ParticipantId author, Edit edit) {
    boolean goesOn(ParticipantId author, Edit next) {
      return author.equals(this.author)
          && next.documentId().equals(edit.documentId())
          && next.offset() == edit.end();
    }

    Typing with(Edit next) {
      return new Typing(
          start, author, new Edit(edit.documentId(), edit.offset(), edit.text() + next.text()));
    }

    String line() {
      return start + Printable.quoted(edit.text(), LONGEST);
    }
  }

  /** Shows a change. */
  public void changed(WaveletChange change) {
    String start = start(change);
    Optional<Edit> edit = typed(change.operations());
    if (edit.isPresent()) {
      typed(start, change.author(), edit.get());
    } else {
      settle();
      String line = start + " " + ChangeText.of(change.operations());
      Paragraph.lines("", line, width).forEach(out::println);
    }
    out.flush();
  }

  /** Ends the line that grows, if there is one: a pause, or the end. */
  public void settle() {
    Typing current = typing;
    typing = null;
    if (current != null) {
      out.println(width > 0 ? "" : current.line());
      out.flush();
    }
  }

  private String start(WaveletChange change) {
    return times.clock(Instant.ofEpochMilli(change.timestamp()))
        + " v"
        + change.resulting().version()
        + " "
        + Printable.of(change.author().address());
  }

  private static Optional<Edit> typed(List<WaveletOperation> operations) {
    return operations.size() == 1 ? Edit.of(operations.get(0)) : Optional.empty();
  }

  private void typed(String start, ParticipantId author, Edit edit) {
    Typing current = typing;
    if (current != null && current.goesOn(author, edit) && fits(current.with(edit))) {
      typing = current.with(edit);
    } else {
      settle();
      typing = begin(start + " " + Printable.of(edit.documentId()) + " wrote", author, edit);
    }
    if (width > 0 && typing != null) {
      out.print(REWRITE + typing.line());
    }
  }

  /** On a narrow terminal what is typed has a line of its own. */
  private Typing begin(String start, ParticipantId author, Edit edit) {
    if (width == 0 || start.length() <= width / 2) {
      return new Typing(start + " ", author, edit);
    }
    Paragraph.lines("", start, width).forEach(out::println);
    return new Typing("  ", author, edit);
  }

  /** A line that wraps cannot be rewritten. */
  private boolean fits(Typing longer) {
    return longer.line().length() < (width > 0 ? width : LONGEST);
  }
}
