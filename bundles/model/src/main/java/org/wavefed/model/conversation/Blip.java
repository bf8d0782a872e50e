// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import java.util.List;
import org.wavefed.model.id.ParticipantId;

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
    throw new UnsupportedOperationException();
  }
}
