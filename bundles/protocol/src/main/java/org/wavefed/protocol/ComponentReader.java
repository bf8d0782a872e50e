// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.AttributesUpdate;
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
import org.wavefed.model.document.ValueChange;

/**
 * Reads one component. It should be of one kind; where a sender set several, the kind with the
 * lowest field number counts, and the value of a flag does not. For one use.
 */
final class ComponentReader {
  private @Nullable WireReader boundary;
  private @Nullable String characters;
  private @Nullable WireReader start;
  private boolean end;
  private @Nullable Integer retained;
  private @Nullable String deletedCharacters;
  private @Nullable WireReader deletedStart;
  private boolean deletedEnd;
  private @Nullable WireReader replacement;
  private @Nullable WireReader update;

  /** Reads a component; null if it is of no known kind, which deployed servers pass over. */
  @Nullable Component read(WireReader in) throws MalformedMessageException {
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      field(in, tag);
    }
    return component();
  }

  private void field(WireReader in, int tag) throws MalformedMessageException {
    switch (tag) {
      case 0x0a -> boundary = in.message("annotation_boundary", boundary);
      case 0x12 -> characters = in.string();
      case 0x1a -> start = in.message("element_start", start);
      case 0x20 -> end = in.flag();
      case 0x28 -> retained = in.int32();
      case 0x32 -> deletedCharacters = in.string();
      case 0x3a -> deletedStart = in.message("delete_element_start", deletedStart);
      case 0x40 -> deletedEnd = in.flag();
      case 0x4a -> replacement = in.message("replace_attributes", replacement);
      case 0x52 -> update = in.message("update_attributes", update);
      default -> in.skip(tag);
    }
  }

  /** Reads whatever was set, so that a fault anywhere is found; the last one read counts. */
  private @Nullable Component component() throws MalformedMessageException {
    Component component = update == null ? null : updateAttributes(update);
    component = replacement == null ? component : replaceAttributes(replacement);
    component = deletedEnd ? DeleteElementEnd.INSTANCE : component;
    component = deletedStart == null ? component : deleteElementStart(deletedStart);
    component = deletedCharacters == null ? component : new DeleteCharacters(deletedCharacters);
    component = retained == null ? component : new Retain(retained);
    component = end ? ElementEnd.INSTANCE : component;
    component = start == null ? component : elementStart(start);
    component = characters == null ? component : new Characters(characters);
    return boundary == null ? component : annotationBoundary(boundary);
  }

  private static Component elementStart(WireReader in) throws MalformedMessageException {
    DeleteElementStart read = deleteElementStart(in);
    return new ElementStart(read.type(), read.attributes());
  }

  private static DeleteElementStart deleteElementStart(WireReader in)
      throws MalformedMessageException {
    String type = null;
    AttributesReader attributes = new AttributesReader();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> type = in.string();
        case 0x12 -> attributes.add(in.message("attribute"));
        default -> in.skip(tag);
      }
    }
    return new DeleteElementStart(in.required(type, "type"), attributes.read());
  }

  private static Component replaceAttributes(WireReader in) throws MalformedMessageException {
    boolean empty = false;
    AttributesReader oldAttributes = new AttributesReader();
    AttributesReader newAttributes = new AttributesReader();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x08 -> empty = in.bool();
        case 0x12 -> oldAttributes.add(in.message("old_attribute"));
        case 0x1a -> newAttributes.add(in.message("new_attribute"));
        default -> in.skip(tag);
      }
    }
    return empty
        ? new ReplaceAttributes(Attributes.EMPTY, Attributes.EMPTY)
        : new ReplaceAttributes(oldAttributes.read(), newAttributes.read());
  }

  private static Component updateAttributes(WireReader in) throws MalformedMessageException {
    boolean empty = false;
    List<ValueChange> changes = new ArrayList<>();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x08 -> empty = in.bool();
        case 0x12 -> changes.add(change(in.message("attribute_update")));
        default -> in.skip(tag);
      }
    }
    if (empty) {
      return new UpdateAttributes(AttributesUpdate.EMPTY);
    }
    AttributesUpdate update = new AttributesUpdate(changes);
    if (update.changes().size() < changes.size()) {
      throw in.malformed("an attribute is updated twice");
    }
    return new UpdateAttributes(update);
  }

  private static Component annotationBoundary(WireReader in) throws MalformedMessageException {
    boolean empty = false;
    List<String> ends = new ArrayList<>();
    List<ValueChange> changes = new ArrayList<>();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x08 -> empty = in.bool();
        case 0x12 -> ends.add(in.string());
        case 0x1a -> changes.add(change(in.message("change")));
        default -> in.skip(tag);
      }
    }
    try {
      return empty ? AnnotationBoundary.EMPTY : new AnnotationBoundary(ends, changes);
    } catch (IllegalArgumentException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static ValueChange change(WireReader in) throws MalformedMessageException {
    String key = null;
    String oldValue = null;
    String newValue = null;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> key = in.string();
        case 0x12 -> oldValue = in.string();
        case 0x1a -> newValue = in.string();
        default -> in.skip(tag);
      }
    }
    return new ValueChange(in.required(key, "key"), oldValue, newValue);
  }

  /** Collects attributes; of one given twice the last counts. */
  private static final class AttributesReader {
    private @Nullable Map<String, String> values;

    void add(WireReader in) throws MalformedMessageException {
      String key = null;
      String value = null;
      for (int tag = in.tag(); tag != 0; tag = in.tag()) {
        switch (tag) {
          case 0x0a -> key = in.string();
          case 0x12 -> value = in.string();
          default -> in.skip(tag);
        }
      }
      if (values == null) {
        values = new TreeMap<>();
      }
      values.put(in.required(key, "key"), in.required(value, "value"));
    }

    Attributes read() {
      return values == null ? Attributes.EMPTY : Attributes.of(values);
    }
  }
}
