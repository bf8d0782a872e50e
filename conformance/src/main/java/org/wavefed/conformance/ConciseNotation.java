// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.Component;
import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.Component.ReplaceAttributes;
import org.wavefed.model.document.Component.Retain;
import org.wavefed.model.document.Component.UpdateAttributes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;

/** The original's one-line notation of operations, which people read more easily than JSON. */
final class ConciseNotation {
  private ConciseNotation() {}

  static String of(DocOp op) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < op.size(); i++) {
      text.append(of(op.get(i))).append("; ");
    }
    return text.toString();
  }

  private static String of(Component component) {
    if (component instanceof Retain retain) {
      return "__" + retain.count();
    } else if (component instanceof Characters characters) {
      return "++" + quoted(characters.text());
    } else if (component instanceof ElementStart start) {
      return "<< " + start.type() + " " + attributes(start.attributes());
    } else if (component instanceof ElementEnd) {
      return ">>";
    } else if (component instanceof DeleteCharacters characters) {
      return "--" + quoted(characters.text());
    } else if (component instanceof DeleteElementStart start) {
      return "x< " + start.type() + " " + attributes(start.attributes());
    } else if (component instanceof ReplaceAttributes replacement) {
      return "r@ "
          + attributes(replacement.oldAttributes())
          + " "
          + attributes(replacement.newAttributes());
    } else if (component instanceof UpdateAttributes update) {
      return "u@ " + braces(update.update().changes().stream().map(c -> c.key() + change(c)));
    } else if (component instanceof AnnotationBoundary boundary) {
      return "|| " + boundary(boundary);
    }
    return "x>";
  }

  private static String boundary(AnnotationBoundary boundary) {
    List<String> entries = new ArrayList<>();
    boundary.ends().forEach(key -> entries.add(quoted(key)));
    boundary.changes().forEach(change -> entries.add(quoted(change.key()) + change(change)));
    return braces(entries.stream());
  }

  private static String attributes(Attributes attributes) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      entries.add(attributes.name(i) + "=" + quoted(attributes.value(i)));
    }
    return braces(entries.stream());
  }

  private static String change(ValueChange change) {
    return ": " + quoted(change.oldValue()) + " -> " + quoted(change.newValue());
  }

  private static String braces(java.util.stream.Stream<String> entries) {
    String joined = String.join(", ", entries.toList());
    return joined.isEmpty() ? "{}" : "{ " + joined + " }";
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
