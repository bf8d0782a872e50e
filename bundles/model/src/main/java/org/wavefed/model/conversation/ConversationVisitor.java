// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

/** Sees a conversation in reading order; what a renderer implements. */
public interface ConversationVisitor {
  /**
   * A blip begins. Its lines follow, then its threads.
   *
   * @param depth 0 for the root thread, 1 for a reply to it, ...
   */
  void blip(Blip blip, int depth);

  /** A line of the blip. */
  void line(Line line, int depth);

  /** A reply thread to the blip just seen begins. */
  default void thread(BlipThread thread, int depth) {}
}
