// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

/**
 * A wavelet at one version: participants and documents. Immutable; versions share what is the same.
 */
public final class WaveletState {
  private final WaveletName name;
  private final @Nullable ParticipantId creator;
  private final List<ParticipantId> participants;
  private final @Nullable DocumentTree documents;
  private final long version;
  private final long creationTime;
  private final long lastModifiedTime;

  private WaveletState(
      WaveletName name,
      @Nullable ParticipantId creator,
      List<ParticipantId> participants,
      @Nullable DocumentTree documents,
      long version,
      long creationTime,
      long lastModifiedTime) {
    this.name = name;
    this.creator = creator;
    this.participants = participants;
    this.documents = documents;
    this.version = version;
    this.creationTime = creationTime;
    this.lastModifiedTime = lastModifiedTime;
  }

  /** The wavelet before its first delta: version 0, no participant, no document. */
  public static WaveletState empty(WaveletName name) {
    return new WaveletState(name, null, List.of(), null, 0, 0, 0);
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
    DocumentTree tree = null;
    for (Map.Entry<String, Document> entry : documents.entrySet()) {
      tree = DocumentTree.with(tree, entry.getKey(), entry.getValue());
    }
    return new WaveletState(
        name,
        creator.orElse(null),
        List.copyOf(participants),
        tree,
        version,
        creationTime,
        lastModifiedTime);
  }

  /**
   * The state after a delta's operations, all of them or none. Whether the author may do this is
   * not asked here.
   *
   * @param timestampMillis when the delta is applied, in ms since 1970
   * @throws InvalidOperationException if an operation does not fit; this state stays as it is
   */
  public WaveletState apply(
      ParticipantId author, long timestampMillis, List<WaveletOperation> operations)
      throws InvalidOperationException {
    List<ParticipantId> people = participants;
    DocumentTree tree = documents;
    for (WaveletOperation operation : operations) {
      if (operation instanceof MutateDocument mutation) {
        tree = mutated(tree, mutation);
      } else if (operation instanceof AddParticipant add) {
        people = withAdded(people, add.participant());
      } else if (operation instanceof RemoveParticipant remove) {
        people = withRemoved(people, remove.participant());
      }
    }
    boolean first = creator == null;
    return new WaveletState(
        name,
        first ? author : creator,
        people,
        tree,
        version + operations.size(),
        first ? timestampMillis : creationTime,
        timestampMillis);
  }

  private static DocumentTree mutated(@Nullable DocumentTree tree, MutateDocument mutation)
      throws InvalidOperationException {
    String id = mutation.documentId();
    Document before = DocumentTree.find(tree, id);
    try {
      Document after = (before == null ? Document.EMPTY : before).apply(mutation.operation());
      return DocumentTree.with(tree, id, after);
    } catch (InvalidOperationException e) {
      throw new InvalidOperationException(e.kind(), "document '" + id + "': " + e.getMessage());
    }
  }

  private static List<ParticipantId> withAdded(List<ParticipantId> people, ParticipantId added)
      throws InvalidOperationException {
    if (people.contains(added)) {
      throw invalid(added + " is a participant already");
    }
    List<ParticipantId> result = new ArrayList<>(people);
    result.add(added);
    return List.copyOf(result);
  }

  private static List<ParticipantId> withRemoved(List<ParticipantId> people, ParticipantId removed)
      throws InvalidOperationException {
    List<ParticipantId> result = new ArrayList<>(people);
    if (!result.remove(removed)) {
      throw invalid(removed + " is no participant");
    }
    return List.copyOf(result);
  }

  private static InvalidOperationException invalid(String reason) {
    return new InvalidOperationException(InvalidOperationException.Kind.INVALID_DOCUMENT, reason);
  }

  /** The wavelet's name. */
  public WaveletName name() {
    return name;
  }

  /** The author of the first delta; absent at version 0. */
  public Optional<ParticipantId> creator() {
    return Optional.ofNullable(creator);
  }

  /** The number of operations applied. */
  public long version() {
    return version;
  }

  /** When the first delta was applied, in ms since 1970; 0 at version 0. */
  public long creationTime() {
    return creationTime;
  }

  /** When the last delta was applied, in ms since 1970; 0 at version 0. */
  public long lastModifiedTime() {
    return lastModifiedTime;
  }

  /** The participants in the order in which they were added. */
  public List<ParticipantId> participants() {
    return participants;
  }

  /** Whether the address itself, or its whole domain ({@code @domain}), is a participant. */
  public boolean hasParticipant(ParticipantId participant) {
    return participants.contains(participant)
        || participants.contains(new ParticipantId("@" + participant.domain()));
  }

  /** The ids of the documents in ascending UTF-16 order. */
  public List<String> documentIds() {
    List<String> ids = new ArrayList<>();
    DocumentTree.addIds(documents, ids);
    return List.copyOf(ids);
  }

  /** A document by its id. */
  public Optional<Document> document(String documentId) {
    return Optional.ofNullable(DocumentTree.find(documents, documentId));
  }
}
