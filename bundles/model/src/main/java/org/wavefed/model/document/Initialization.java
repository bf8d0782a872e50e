// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;

/** Writes a document as the insertions that make it. Not thread-safe. */
final class Initialization implements Document.Reader {
  private final NormalForm out = new NormalForm();
  private Attributes current = Attributes.EMPTY;

  @Override
  public void characters(String text, Attributes annotations) {
    annotate(annotations);
    out.characters(text);
  }

  @Override
  public void elementStart(String type, Attributes attributes, Attributes annotations) {
    annotate(annotations);
    out.add(new ElementStart(type, attributes));
  }

  @Override
  public void elementEnd(Attributes annotations) {
    annotate(annotations);
    out.add(ElementEnd.INSTANCE);
  }

  DocOp finish() {
    annotate(Attributes.EMPTY);
    DocOp op = out.build();
    op.markWellFormed();
    return op;
  }

  private void annotate(Attributes annotations) {
    if (!annotations.equals(current)) {
      current.compare(annotations, this::annotation);
      current = annotations;
    }
  }

  private void annotation(String key, @Nullable String oldValue, @Nullable String newValue) {
    if (newValue == null) {
      out.end(key);
    } else {
      out.change(new ValueChange(key, null, newValue));
    }
  }
}
