// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;
import java.util.Optional;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.wavelet.WaveletState;

/**
 * A wavelet read as a conversation.
 *
 * @param attributes the attributes of the manifest's root element
 * @param blips the messages of the root thread, in order
 */
public record Conversation(Attributes attributes, List<Blip> blips) {
  /** Copies the list. */
  public Conversation {
    blips = List.copyOf(blips);
  }

  /**
   * Reads a wavelet; absent if it has no manifest. Never fails: what is not understood is passed
   * over.
   */
  public static Optional<Conversation> read(WaveletState wavelet) {
    throw new UnsupportedOperationException();
  }

  /** A blip by its id, wherever it stands. */
  public Optional<Blip> blip(String id) {
    throw new UnsupportedOperationException();
  }

  /** Shows everything to a visitor, in reading order. */
  public void accept(ConversationVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  /** The conversation as plain text, replies indented. */
  public String toPlainText() {
    throw new UnsupportedOperationException();
  }
}
