// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.user;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wavefed.model.document.Component;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.document.Validator;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.server.Refusals;
import org.wavefed.server.host.Admission;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** Judges what a user wants to write before anything is done with it. */
final class Wording {
  private Wording() {}

  /**
   * Returns if the operations may be one delta that every server understands.
   *
   * @throws WaveException of reason INVALID_OPERATION
   */
  static void check(List<WaveletOperation> operations) {
    if (operations.isEmpty()) {
      throw invalid("there is nothing to do: give at least one operation");
    }
    Set<String> documents = new HashSet<>();
    for (WaveletOperation operation : operations) {
      if (operation instanceof MutateDocument change) {
        check(change, documents);
      } else if (operation instanceof AddParticipant add) {
        Admission.requireAddress(add.participant());
      }
    }
  }

  private static void check(MutateDocument change, Set<String> documents) {
    if (!documents.add(change.documentId())) {
      throw invalid(
          "two operations on document "
              + change.documentId()
              + ": compose them into one, or submit them one after the other");
    }
    if (change.documentId().isEmpty()) {
      throw invalid("the id of a document is empty");
    }
    requirePlainText(change.documentId(), change.operation());
    try {
      Validator.check(change.operation());
    } catch (InvalidOperationException e) {
      throw new WaveException(
          Reason.INVALID_OPERATION, "document " + change.documentId() + ": " + e.getMessage(), e);
    }
  }

  /** Deployed servers break on characters beyond the Basic Multilingual Plane. */
  private static void requirePlainText(String documentId, DocOp operation) {
    for (Component component : operation.components()) {
      if (component instanceof Component.Characters added) {
        String text = added.text();
        for (int i = 0; i < text.length(); i++) {
          if (Character.isSurrogate(text.charAt(i))) {
            throw invalid(
                "document "
                    + documentId
                    + ": the character "
                    + name(text, i)
                    + " cannot pass to every server of this protocol (nothing beyond U+FFFF can,"
                    + " such as emoji); leave it out");
          }
        }
      }
    }
  }

  private static String name(String text, int index) {
    return String.format("U+%04X", text.codePointAt(index));
  }

  private static WaveException invalid(String message) {
    return Refusals.refuse(Reason.INVALID_OPERATION, message);
  }
}
