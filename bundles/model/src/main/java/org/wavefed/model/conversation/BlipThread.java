// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;
import org.wavefed.model.conversation.Part.ElementPart;
import org.wavefed.model.wavelet.WaveletState;

/**
 * A reply thread.
 *
 * @param id its id, unique within the conversation
 * @param inline whether it belongs to a place within its blip
 * @param blips the messages in order
 */
public record BlipThread(String id, boolean inline, List<Blip> blips) {
  /** Copies the list. */
  public BlipThread {
    blips = List.copyOf(blips);
  }

  /** Reads the element of a thread in a manifest, and the blips in it. */
  static BlipThread read(ElementPart element, WaveletState wavelet) {
    return new BlipThread(
        element.attributes().get("id").orElse(""),
        element.attributes().get("inline").orElse("").equals("true"),
        element.elements("blip").stream().map(blip -> Blip.read(blip, wavelet)).toList());
  }
}
