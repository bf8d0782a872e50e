// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;

/**
 * A wavelet at one version: participants and documents. Immutable; versions share what is the same.
 */
public final class WaveletState {
  private final WaveletName name;

  private WaveletState(WaveletName name) {
    this.name = name;
  }

  /** The wavelet before its first delta: version 0, no participant, no document. */
  public static WaveletState empty(WaveletName name) {
    return new WaveletState(name);
  }

  /**
   * A state read back from a snapshot.
   *
   * @param creator the author of the first delta; absent at version 0
   * @param version the number of operations applied
   * @param creationTime when the first delta was applied, in ms since 1970; 0 at version 0
   * @param lastModifiedTime when the last delta was applied, in ms since 1970; 0 at version 0
   */
  public static WaveletState restore(
      WaveletName name,
      Optional<ParticipantId> creator,
      List<ParticipantId> participants,
      SortedMap<String, Document> documents,
      long version,
      long creationTime,
      long lastModifiedTime) {
    throw new UnsupportedOperationException();
  }

  /**
   * The state after a delta's operations, all of them or none.
   *
   * @param timestampMillis when the delta is applied, in ms since 1970
   * @throws InvalidOperationException if an operation does not fit; this state stays as it is
   */
  public WaveletState apply(
      ParticipantId author, long timestampMillis, List<WaveletOperation> operations)
      throws InvalidOperationException {
    throw new UnsupportedOperationException();
  }

  /** The wavelet's name. */
  public WaveletName name() {
    return name;
  }

  /** The author of the first delta; absent at version 0. */
  public Optional<ParticipantId> creator() {
    throw new UnsupportedOperationException();
  }

  /** The number of operations applied. */
  public long version() {
    throw new UnsupportedOperationException();
  }

  /** When the first delta was applied, in ms since 1970; 0 at version 0. */
  public long creationTime() {
    throw new UnsupportedOperationException();
  }

  /** When the last delta was applied, in ms since 1970; 0 at version 0. */
  public long lastModifiedTime() {
    throw new UnsupportedOperationException();
  }

  /** The participants in the order in which they were added. */
  public List<ParticipantId> participants() {
    throw new UnsupportedOperationException();
  }

  /** Whether the address itself, or its whole domain ({@code @domain}), is a participant. */
  public boolean hasParticipant(ParticipantId participant) {
    throw new UnsupportedOperationException();
  }

  /** The ids of the documents in ascending UTF-16 order. */
  public List<String> documentIds() {
    throw new UnsupportedOperationException();
  }

  /** A document by its id. */
  public Optional<Document> document(String documentId) {
    throw new UnsupportedOperationException();
  }
}
