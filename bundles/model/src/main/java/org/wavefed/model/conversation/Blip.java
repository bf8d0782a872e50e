// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.model.conversation.Part.ElementPart;
import org.wavefed.model.document.Document;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletState;

/**
 * A message of a conversation.
 *
 * @param id the id of its document
 * @param deleted whether the manifest marks it as deleted
 * @param contributors who wrote in it, in the order of their first change
 * @param lines its text; empty if its document is missing
 * @param threads the replies to it
 */
public record Blip(
    String id,
    boolean deleted,
    List<ParticipantId> contributors,
    List<Line> lines,
    List<BlipThread> threads) {
  /** Copies the lists. */
  public Blip {
    contributors = List.copyOf(contributors);
    lines = List.copyOf(lines);
    threads = List.copyOf(threads);
  }

  /** The text of all lines, separated by line feeds. */
  public String text() {
    List<String> texts = new ArrayList<>();
    lines.forEach(line -> texts.add(line.text()));
    return String.join("\n", texts);
  }

  /** Reads the element of a blip in a manifest, and its document. */
  static Blip read(ElementPart element, WaveletState wavelet) {
    String id = element.attributes().get("id").orElse("");
    Document document = wavelet.document(id).orElse(Document.EMPTY);
    BlipDocument content = new BlipDocument(document);
    return new Blip(
        id,
        isDeleted(element),
        content.contributors(),
        content.lines(),
        element.elements("thread").stream()
            .map(thread -> BlipThread.read(thread, wavelet))
            .toList());
  }

  static boolean isDeleted(ElementPart element) {
    return element.attributes().get("deleted").orElse("").equals("true");
  }
}
