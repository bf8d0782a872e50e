// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletState;

/**
 * Makes the operations that a writer sends, for a wavelet as it is now. Each method returns the
 * operations of one delta, at most one for each document. All throw {@link
 * IllegalArgumentException} with one line for people if there is no such blip, thread or place.
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
   * @param text its text; each line feed starts a new line; may be empty
   */
  public List<WaveletOperation> create(String blipId, String text) {
    throw new UnsupportedOperationException();
  }

  /** Adds text at the end of a blip's last line; each line feed starts a new line. */
  public List<WaveletOperation> append(String blipId, String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a new line at the end of a blip.
   *
   * @param attributes the line's attributes, for example {@code t=h1}
   */
  public List<WaveletOperation> appendLine(String blipId, Attributes attributes, String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Inserts text into a blip; each line feed starts a new line.
   *
   * @param offset the place in {@link Blip#text}, 0 to its length
   */
  public List<WaveletOperation> insert(String blipId, int offset, String text) {
    throw new UnsupportedOperationException();
  }

  /** Starts a reply thread to a blip with a first blip in it. */
  public List<WaveletOperation> reply(
      String blipId, String newThreadId, String newBlipId, String text) {
    throw new UnsupportedOperationException();
  }

  /** Adds a blip at the end of the thread with the given id. */
  public List<WaveletOperation> continueThread(String threadId, String newBlipId, String text) {
    throw new UnsupportedOperationException();
  }

  /** Adds a blip at the end of the root thread. */
  public List<WaveletOperation> continueRoot(String newBlipId, String text) {
    throw new UnsupportedOperationException();
  }
}
