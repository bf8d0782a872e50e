// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.wavefed.model.document.Component;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;
import org.wavefed.shell.Printable;

/** What a change did, in words on one line. */
public final class ChangeText {
  private static final int LONGEST_QUOTE = 200;

  private final List<String> did = new ArrayList<>();
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder deleted = new StringBuilder();

  private ChangeText() {}

  /** The words for the operations of one change. */
  public static String of(List<WaveletOperation> operations) {
    String words =
        operations.stream()
            .map(ChangeText::of)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? "nothing that shows" : words;
  }

  private static String of(WaveletOperation operation) {
    if (operation instanceof AddParticipant added) {
      return "added " + Printable.of(added.participant().address());
    }
    if (operation instanceof RemoveParticipant removed) {
      return "removed " + Printable.of(removed.participant().address());
    }
    return operation instanceof MutateDocument mutation ? of(mutation) : "";
  }

  private static String of(MutateDocument mutation) {
    String what = new ChangeText().read(mutation.operation());
    return what.isEmpty() ? "" : Printable.of(mutation.documentId()) + " " + what;
  }

  private String read(DocOp operation) {
    operation.components().forEach(this::component);
    flush();
    return did.stream().distinct().collect(Collectors.joining(", "));
  }

  private void component(Component component) {
    if (component instanceof Component.Characters typed) {
      written.append(typed.text());
    } else if (component instanceof Component.DeleteCharacters gone) {
      deleted.append(gone.text());
    } else if (component instanceof Component.ElementStart start) {
      started(start);
    } else if (component instanceof Component.DeleteElementStart gone) {
      flush();
      did.add("deleted <" + Printable.of(gone.type()) + ">");
    } else if (component instanceof Component.Retain) {
      flush();
    } else if (component instanceof Component.AnnotationBoundary boundary) {
      boundary.changes().forEach(this::annotated);
    } else if (component instanceof Component.UpdateAttributes
        || component instanceof Component.ReplaceAttributes) {
      flush();
      did.add("changed attributes");
    }
  }

  private void started(Component.ElementStart start) {
    switch (start.type()) {
      case "body", "contributor", "conversation" -> {}
      case "line" -> {
        flush();
        did.add(start.attributes().get("t").map(type -> "new line " + type).orElse("new line"));
      }
      case "blip", "thread" -> {
        flush();
        did.add("new " + start.type() + " " + start.attributes().get("id").orElse("?"));
      }
      default -> {
        flush();
        did.add("new <" + start.type() + ">");
      }
    }
  }

  /** Cursors and sessions of users change all the time and say nothing of the text. */
  private void annotated(ValueChange change) {
    if (!change.key().startsWith("user/")) {
      flush();
      did.add("formatted " + Printable.of(change.key()));
    }
  }

  private void flush() {
    if (!deleted.isEmpty()) {
      did.add("deleted " + Printable.quoted(deleted.toString(), LONGEST_QUOTE));
      deleted.setLength(0);
    }
    if (!written.isEmpty()) {
      did.add("wrote " + Printable.quoted(written.toString(), LONGEST_QUOTE));
      written.setLength(0);
    }
  }
}
