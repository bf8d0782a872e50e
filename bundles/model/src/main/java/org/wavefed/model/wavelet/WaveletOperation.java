// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;

/** One operation on a wavelet. */
public sealed interface WaveletOperation {
  /** Adds a participant, who must not be one yet. */
  record AddParticipant(ParticipantId participant) implements WaveletOperation {}

  /** Removes a participant, who must be one. */
  record RemoveParticipant(ParticipantId participant) implements WaveletOperation {}

  /** Changes a document; one that is not there is as an empty one. */
  record MutateDocument(String documentId, DocOp operation) implements WaveletOperation {}

  /** Does nothing but count: what an operation becomes that a concurrent one made needless. */
  record NoOp() implements WaveletOperation {
    /** The only value there is. */
    public static final NoOp INSTANCE = new NoOp();
  }
}
