// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import java.util.Optional;
import org.wavefed.model.document.Component;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;

/**
 * Text typed at one place of a document: the commonest change, which a live view shows growing.
 *
 * @param documentId the document
 * @param offset the place in items
 * @param text what was typed
 */
record Edit(String documentId, int offset, String text) {
  /** The place behind the text. */
  int end() {
    return offset + text.length();
  }

  /** The operation as typing, if it inserts characters at one place and does nothing else. */
  static Optional<Edit> of(WaveletOperation operation) {
    return operation instanceof MutateDocument mutation
        ? of(mutation.documentId(), mutation.operation())
        : Optional.empty();
  }

  private static Optional<Edit> of(String documentId, DocOp operation) {
    int offset = 0;
    Optional<Edit> edit = Optional.empty();
    for (Component component : operation.components()) {
      if (component instanceof Component.Retain retain) {
        offset += retain.count();
      } else if (component instanceof Component.Characters typed && edit.isEmpty()) {
        edit = Optional.of(new Edit(documentId, offset, typed.text()));
      } else if (!(component instanceof Component.AnnotationBoundary)) {
        return Optional.empty();
      }
    }
    return edit;
  }
}
