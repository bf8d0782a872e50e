// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.model.conversation.Part.ElementPart;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.Validator;
import org.wavefed.model.id.DocumentId;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletState;

/**
 * Makes the operations that a writer sends, for a wavelet as it is now. Each method returns the
 * operations of one delta, at most one for each document. All throw {@link
 * IllegalArgumentException} with one line for people if there is no such blip, thread or place, if
 * a new id is taken, or if a text has characters that a document cannot hold. A line feed in a text
 * starts a new line; a tab becomes a space.
 */
public final class ConversationWriter {
  private final WaveletState wavelet;
  private final ParticipantId author;

  /**
   * @param wavelet the wavelet as it is now
   * @param author who writes
   */
  public ConversationWriter(WaveletState wavelet, ParticipantId author) {
    this.wavelet = wavelet;
    this.author = author;
  }

  /**
   * Adds the author as first participant, the manifest, and a first blip.
   *
   * @param blipId the id of the new blip, such as {@code b+abc}
   * @param text its text; may be empty
   */
  public List<WaveletOperation> create(String blipId, String text) {
    if (wavelet.document(DocumentId.MANIFEST).isPresent()) {
      throw new IllegalArgumentException("there is a conversation already in " + wavelet.name());
    }
    List<WaveletOperation> operations = new ArrayList<>();
    if (!wavelet.participants().contains(author)) {
      operations.add(new AddParticipant(author));
    }
    Insertions manifest =
        new Insertions(0)
            .start(0, "conversation", Attributes.EMPTY)
            .element(0, "blip", Attributes.of("id", blipId))
            .end(0);
    operations.add(new MutateDocument(DocumentId.MANIFEST, manifest.build()));
    operations.add(newBlip(blipId, text));
    return List.copyOf(operations);
  }

  /** Adds text at the end of a blip's last line. */
  public List<WaveletOperation> append(String blipId, String text) {
    BlipEdit edit = new BlipEdit(blipId);
    return edit.text(edit.end(), text);
  }

  /**
   * Adds a new line at the end of a blip.
   *
   * @param attributes the line's attributes, for example {@code t=h1}
   */
  public List<WaveletOperation> appendLine(String blipId, Attributes attributes, String text) {
    BlipEdit edit = new BlipEdit(blipId);
    int end = edit.end();
    edit.insertions.element(end, "line", attributes);
    return edit.text(end, text);
  }

  /**
   * Inserts text into a blip.
   *
   * @param offset the place in {@link Blip#text}, 0 to its length
   */
  public List<WaveletOperation> insert(String blipId, int offset, String text) {
    BlipEdit edit = new BlipEdit(blipId);
    return edit.text(edit.place(offset), text);
  }

  /** Starts a reply thread to a blip with a first blip in it. */
  public List<WaveletOperation> reply(
      String blipId, String newThreadId, String newBlipId, String text) {
    Manifest manifest = manifest();
    ElementPart parent = blip(manifest, blipId);
    if (manifest.thread(newThreadId).isPresent()) {
      throw new IllegalArgumentException("there is a thread " + newThreadId + " already");
    }
    Insertions insertions =
        new Insertions(manifest.size())
            .start(parent.end(), "thread", Attributes.of("id", newThreadId))
            .element(parent.end(), "blip", Attributes.of("id", newBlipId))
            .end(parent.end());
    return withNewBlip(manifest, insertions, newBlipId, text);
  }

  /** Adds a blip at the end of the thread with the given id. */
  public List<WaveletOperation> continueThread(String threadId, String newBlipId, String text) {
    Manifest manifest = manifest();
    ElementPart thread =
        manifest
            .thread(threadId)
            .orElseThrow(() -> new IllegalArgumentException("there is no thread " + threadId));
    return withBlipAt(manifest, thread.end(), newBlipId, text);
  }

  /** Adds a blip at the end of the root thread. */
  public List<WaveletOperation> continueRoot(String newBlipId, String text) {
    Manifest manifest = manifest();
    return withBlipAt(manifest, manifest.root().end(), newBlipId, text);
  }

  private List<WaveletOperation> withBlipAt(
      Manifest manifest, int place, String newBlipId, String text) {
    Insertions insertions =
        new Insertions(manifest.size()).element(place, "blip", Attributes.of("id", newBlipId));
    return withNewBlip(manifest, insertions, newBlipId, text);
  }

  private List<WaveletOperation> withNewBlip(
      Manifest manifest, Insertions insertions, String newBlipId, String text) {
    if (manifest.blip(newBlipId).isPresent()) {
      throw new IllegalArgumentException("there is a blip " + newBlipId + " already");
    }
    return List.of(
        new MutateDocument(DocumentId.MANIFEST, insertions.build()), newBlip(newBlipId, text));
  }

  private MutateDocument newBlip(String blipId, String text) {
    if (wavelet.document(blipId).isPresent()) {
      throw new IllegalArgumentException("there is a document " + blipId + " already");
    }
    Insertions insertions = new Insertions(0);
    addContributor(insertions, 0);
    insertions
        .start(0, "body", Attributes.EMPTY)
        .element(0, "line", Attributes.EMPTY)
        .text(0, checked(text))
        .end(0);
    return new MutateDocument(blipId, insertions.build());
  }

  private void addContributor(Insertions insertions, int place) {
    insertions.element(place, "contributor", Attributes.of("name", author.address()));
  }

  private Manifest manifest() {
    return Manifest.of(wavelet)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no conversation in " + wavelet.name()));
  }

  private static ElementPart blip(Manifest manifest, String blipId) {
    ElementPart blip =
        manifest
            .blip(blipId)
            .orElseThrow(() -> new IllegalArgumentException("there is no blip " + blipId));
    if (Blip.isDeleted(blip)) {
      throw new IllegalArgumentException("blip " + blipId + " has been deleted");
    }
    return blip;
  }

  /**
   * The text as it is written into a blip: only line feeds end lines, tabs are spaces. Asked before
   * anything is done, it shows whether a blip can hold the text.
   *
   * @throws IllegalArgumentException with one line for people if it has characters that a document
   *     cannot hold
   */
  public static String checked(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace('\t', ' ');
    if (!Validator.isText(lines)) {
      throw new IllegalArgumentException(
          "the text has characters beyond U+FFFF or ones that Unicode does not assign to text");
    }
    for (int i = 0; i < lines.length(); i++) {
      if (Character.isISOControl(lines.charAt(i)) && lines.charAt(i) != '\n') {
        throw new IllegalArgumentException(
            "the text has control character U+00" + Integer.toHexString(lines.charAt(i)));
      }
    }
    return lines;
  }

  /** An edit of one blip, which makes the author a contributor. */
  private final class BlipEdit {
    private final String blipId;
    private final BlipDocument blip;
    private final Insertions insertions;
    private final int size;

    BlipEdit(String blipId) {
      blip(manifest(), blipId);
      this.blipId = blipId;
      Document document = wavelet.document(blipId).orElse(Document.EMPTY);
      blip = new BlipDocument(document);
      size = document.size();
      insertions = new Insertions(size);
      if (!blip.contributors().contains(author)) {
        addContributor(insertions, blip.contributorPlace());
      }
    }

    /** The place behind everything in the body; body and line are made if they are missing. */
    int end() {
      int end = blip.body().map(ElementPart::end).orElse(size);
      if (blip.body().isEmpty()) {
        insertions.start(end, "body", Attributes.EMPTY);
      }
      if (!blip.hasLine()) {
        insertions.element(end, "line", Attributes.EMPTY);
      }
      return end;
    }

    int place(int offset) {
      if (offset == 0 && !blip.hasLine()) {
        return end();
      }
      return blip.place(offset)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "the text of blip " + blipId + " has no place " + offset));
    }

    List<WaveletOperation> text(int place, String text) {
      insertions.text(place, checked(text));
      if (blip.body().isEmpty()) {
        insertions.end(place);
      }
      return List.of(new MutateDocument(blipId, insertions.build()));
    }
  }
}
