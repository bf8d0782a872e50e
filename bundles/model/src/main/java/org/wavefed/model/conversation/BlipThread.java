// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;

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
}
