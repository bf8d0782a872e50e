// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;
import org.wavefed.model.document.Attributes;

/** What stands in a line: text, or an element, which is kept even when nobody understands it. */
public sealed interface Content {
  /** Text of one style. */
  record Text(String text, Attributes annotations) implements Content {}

  /** An element with what is in it. */
  record Element(String type, Attributes attributes, List<Content> children) implements Content {
    /** Copies the children. */
    public Element {
      children = List.copyOf(children);
    }
  }
}
