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
    return Manifest.of(wavelet)
        .map(
            manifest ->
                new Conversation(
                    manifest.root().attributes(),
                    manifest.root().elements("blip").stream()
                        .map(blip -> Blip.read(blip, wavelet))
                        .toList()));
  }

  /** A blip by its id, wherever it stands. */
  public Optional<Blip> blip(String id) {
    return find(blips, id);
  }

  /** Shows everything to a visitor, in reading order. */
  public void accept(ConversationVisitor visitor) {
    accept(blips, 0, visitor);
  }

  /** The conversation as plain text, replies indented. */
  public String toPlainText() {
    PlainText text = new PlainText();
    accept(text);
    return text.finish();
  }

  private static Optional<Blip> find(List<Blip> blips, String id) {
    for (Blip blip : blips) {
      if (blip.id().equals(id)) {
        return Optional.of(blip);
      }
      for (BlipThread thread : blip.threads()) {
        Optional<Blip> found = find(thread.blips(), id);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static void accept(List<Blip> blips, int depth, ConversationVisitor visitor) {
    for (Blip blip : blips) {
      visitor.blip(blip, depth);
      blip.lines().forEach(line -> visitor.line(line, depth));
      for (BlipThread thread : blip.threads()) {
        visitor.thread(thread, depth + 1);
        accept(thread.blips(), depth + 1, visitor);
      }
    }
  }
}
