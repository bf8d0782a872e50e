// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementEnd;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.Component.ReplaceAttributes;
import org.wavefed.model.document.Component.UpdateAttributes;

/** Inverts operations. */
public final class Inverter {
  private Inverter() {}

  /** The operation that undoes a well-formed one, component by component. */
  public static DocOp invert(DocOp op) {
    DocOp.Builder inverse = DocOp.builder();
    for (int i = 0; i < op.size(); i++) {
      inverse.add(invert(op.get(i)));
    }
    return inverse.build();
  }

  static Component invert(Component component) {
    if (component instanceof Characters characters) {
      return new DeleteCharacters(characters.text());
    } else if (component instanceof ElementStart start) {
      return new DeleteElementStart(start.type(), start.attributes());
    } else if (component instanceof ElementEnd) {
      return DeleteElementEnd.INSTANCE;
    } else if (component instanceof DeleteCharacters characters) {
      return new Characters(characters.text());
    } else if (component instanceof DeleteElementStart start) {
      return new ElementStart(start.type(), start.attributes());
    } else if (component instanceof DeleteElementEnd) {
      return ElementEnd.INSTANCE;
    } else if (component instanceof ReplaceAttributes replace) {
      return new ReplaceAttributes(replace.newAttributes(), replace.oldAttributes());
    } else if (component instanceof UpdateAttributes update) {
      return new UpdateAttributes(update.update().inverse());
    } else if (component instanceof AnnotationBoundary boundary) {
      return new AnnotationBoundary(boundary.ends(), ValueChange.inverse(boundary.changes()));
    }
    return component;
  }
}
