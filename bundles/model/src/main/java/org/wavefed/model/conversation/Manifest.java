// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wavefed.model.conversation.Part.ElementPart;
import org.wavefed.model.id.DocumentId;
import org.wavefed.model.wavelet.WaveletState;

/** The manifest of a conversation, taken to pieces. */
record Manifest(int size, ElementPart root) {
  static Optional<Manifest> of(WaveletState wavelet) {
    return wavelet
        .document(DocumentId.MANIFEST)
        .flatMap(
            document ->
                Part.elements(Part.of(document), "conversation").stream()
                    .findFirst()
                    .map(root -> new Manifest(document.size(), root)));
  }

  /** The element of a blip, wherever it stands. */
  Optional<ElementPart> blip(String id) {
    return find("blip", id);
  }

  /** The element of a thread, wherever it stands. */
  Optional<ElementPart> thread(String id) {
    return find("thread", id);
  }

  private Optional<ElementPart> find(String type, String id) {
    List<ElementPart> found = new ArrayList<>();
    collect(root, type, id, found);
    return found.stream().findFirst();
  }

  private static void collect(ElementPart parent, String type, String id, List<ElementPart> found) {
    for (Part part : parent.children()) {
      if (part instanceof ElementPart element) {
        if (element.type().equals(type) && id.equals(element.attributes().get("id").orElse(""))) {
          found.add(element);
        }
        collect(element, type, id, found);
      }
    }
  }
}
