// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.Component;
import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementEnd;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.Component.ReplaceAttributes;
import org.wavefed.model.document.Component.Retain;
import org.wavefed.model.document.Component.UpdateAttributes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;

/**
 * Reads and writes ProtocolDocumentOperation ({@code docs/protocol.md}, Data).
 *
 * <p>What is read may be ill-formed as an operation; whoever applies it finds out. Attributes given
 * twice, flags that contradict the lists and components of several kinds at once are understood as
 * the deployed servers understand them.
 */
public final class DocOpCodec {
  private DocOpCodec() {}

  /**
   * Reads an operation.
   *
   * @throws MalformedMessageException if the bytes are no such message, or a component cannot be
   *     represented
   */
  public static DocOp parse(Bytes message) throws MalformedMessageException {
    return read(new WireReader("ProtocolDocumentOperation", message));
  }

  /** Writes an operation; text that is not valid UTF-16 loses its lone surrogates to {@code ?}. */
  public static Bytes toBytes(DocOp op) {
    WireWriter out = new WireWriter();
    write(out, op);
    return out.toBytes();
  }

  static DocOp read(WireReader in) throws MalformedMessageException {
    DocOp.Builder op = DocOp.builder();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == 0x0a) {
        @Nullable Component component = new ComponentReader().read(in.message("component"));
        if (component != null) {
          op.add(component);
        }
      } else {
        in.skip(tag);
      }
    }
    return op.build();
  }

  static void write(WireWriter out, DocOp op) {
    for (int i = 0; i < op.size(); i++) {
      Component component = op.get(i);
      out.message(1, in -> write(in, component));
    }
  }

  private static void write(WireWriter out, Component component) {
    if (component instanceof AnnotationBoundary boundary) {
      out.message(1, in -> writeBoundary(in, boundary));
    } else if (component instanceof Characters characters) {
      out.string(2, characters.text());
    } else if (component instanceof ElementStart start) {
      out.message(3, in -> writeStart(in, start.type(), start.attributes()));
    } else if (component instanceof ElementEnd) {
      out.bool(4, true);
    } else if (component instanceof Retain retain) {
      out.number(5, retain.count());
    } else if (component instanceof DeleteCharacters characters) {
      out.string(6, characters.text());
    } else if (component instanceof DeleteElementStart start) {
      out.message(7, in -> writeStart(in, start.type(), start.attributes()));
    } else if (component instanceof DeleteElementEnd) {
      out.bool(8, true);
    } else if (component instanceof ReplaceAttributes replacement) {
      out.message(9, in -> writeReplacement(in, replacement));
    } else if (component instanceof UpdateAttributes update) {
      out.message(10, in -> writeUpdate(in, update));
    }
  }

  private static void writeBoundary(WireWriter out, AnnotationBoundary boundary) {
    if (boundary.ends().isEmpty() && boundary.changes().isEmpty()) {
      out.bool(1, true);
    }
    for (String key : boundary.ends()) {
      out.string(2, key);
    }
    for (ValueChange change : boundary.changes()) {
      out.message(3, in -> writeChange(in, change));
    }
  }

  private static void writeStart(WireWriter out, String type, Attributes attributes) {
    out.string(1, type);
    writeAttributes(out, 2, attributes);
  }

  private static void writeReplacement(WireWriter out, ReplaceAttributes replacement) {
    if (replacement.oldAttributes().isEmpty() && replacement.newAttributes().isEmpty()) {
      out.bool(1, true);
    }
    writeAttributes(out, 2, replacement.oldAttributes());
    writeAttributes(out, 3, replacement.newAttributes());
  }

  private static void writeUpdate(WireWriter out, UpdateAttributes update) {
    if (update.update().changes().isEmpty()) {
      out.bool(1, true);
    }
    for (ValueChange change : update.update().changes()) {
      out.message(2, in -> writeChange(in, change));
    }
  }

  private static void writeAttributes(WireWriter out, int field, Attributes attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      String value = attributes.value(i);
      out.message(field, in -> writeAttribute(in, name, value));
    }
  }

  private static void writeAttribute(WireWriter out, String name, String value) {
    out.string(1, name);
    out.string(2, value);
  }

  private static void writeChange(WireWriter out, ValueChange change) {
    out.string(1, change.key());
    if (change.oldValue() != null) {
      out.string(2, change.oldValue());
    }
    if (change.newValue() != null) {
      out.string(3, change.newValue());
    }
  }
}
