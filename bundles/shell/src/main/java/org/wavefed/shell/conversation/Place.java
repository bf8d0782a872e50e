// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wavefed.model.conversation.Blip;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.shell.Refusal;

/** Where in a conversation to write. */
public sealed interface Place {
  /** The offset that stands for the end. */
  int END = -1;

  /** The types of lines that can be written, {@code text} for none. */
  Set<String> LINE_TYPES = Set.of("text", "h1", "h2", "h3", "h4", "h5", "li");

  /** At the end of a blip; the last one of the main thread if its id is empty. */
  record End(String blipId) implements Place {}

  /** At an offset into a blip's text. */
  record Offset(String blipId, int offset) implements Place {}

  /** On a new line at the end of a blip. */
  record NewLine(String blipId, String type) implements Place {}

  /** In a new thread below a blip. */
  record Reply(String blipId) implements Place {}

  /** In a new blip at the end of a thread. */
  record InThread(String threadId) implements Place {}

  /** In a new blip at the end of the main thread. */
  record NewBlip() implements Place {}

  /**
   * What was made of a text.
   *
   * @param blipId the blip that it goes into
   * @param operations what to submit
   */
  record Written(String blipId, List<WaveletOperation> operations) {
    /** Copies the list. */
    public Written {
      operations = List.copyOf(operations);
    }
  }

  /**
   * The place that options name; a text that is empty, {@link #END} and false are options that were
   * not given.
   *
   * @throws Refusal if they contradict each other
   */
  static Place of(String blip, int at, String line, String reply, String thread, boolean newBlip) {
    long places =
        Stream.of(at != END, !line.isEmpty(), !reply.isEmpty(), !thread.isEmpty(), newBlip)
            .filter(Boolean::booleanValue)
            .count();
    boolean elsewhere = !reply.isEmpty() || !thread.isEmpty() || newBlip;
    if (places > 1 || (elsewhere && !blip.isEmpty())) {
      throw new Refusal(
          "one place at a time: --blip with at most one of --at and --line,"
              + " or one of --reply, --thread and --new");
    }
    if (at < END) {
      throw new Refusal("--at " + at + ": places are counted from 0");
    }
    if (!line.isEmpty() && !LINE_TYPES.contains(line)) {
      throw new Refusal("--line " + line + ": a line is text, li, or h1 to h5");
    }
    return !reply.isEmpty()
        ? new Reply(reply)
        : !thread.isEmpty()
            ? new InThread(thread)
            : newBlip
                ? new NewBlip()
                : !line.isEmpty()
                    ? new NewLine(blip, line)
                    : at != END ? new Offset(blip, at) : new End(blip);
  }

  /** Whether an empty text changes nothing there. */
  default boolean needsText() {
    return this instanceof End || this instanceof Offset;
  }

  /**
   * Makes the operations.
   *
   * @param wavelet the wavelet as it is
   * @param author who writes
   * @param newId makes an id that begins with the given prefix
   * @throws Refusal if there is no such place
   */
  default Written write(
      WaveletState wavelet, ParticipantId author, String text, UnaryOperator<String> newId) {
    Conversation conversation =
        Conversation.read(wavelet)
            .orElseThrow(
                () -> new Refusal(wavelet.name() + " holds no conversation to write into"));
    ConversationWriter writer = new ConversationWriter(wavelet, author);
    try {
      return write(conversation, writer, text, newId);
    } catch (IllegalArgumentException e) {
      String help =
          this instanceof Offset
              ? ": wave:show shows the message, whose characters --at counts from 0"
              : ": wave:show names blips and threads";
      throw new Refusal(e.getMessage() + help, e);
    }
  }

  private Written write(
      Conversation conversation,
      ConversationWriter writer,
      String text,
      UnaryOperator<String> newId) {
    if (this instanceof End end) {
      String id = blip(conversation, end.blipId());
      return new Written(id, writer.append(id, text));
    }
    if (this instanceof Offset place) {
      String id = blip(conversation, place.blipId());
      return new Written(id, writer.insert(id, place.offset(), text));
    }
    if (this instanceof NewLine line) {
      String id = blip(conversation, line.blipId());
      return new Written(id, writer.appendLine(id, lineAttributes(line.type()), text));
    }
    String id = newId.apply("b+");
    if (this instanceof Reply reply) {
      return new Written(id, writer.reply(reply.blipId(), newId.apply("t+"), id, text));
    }
    if (this instanceof InThread thread) {
      return new Written(id, writer.continueThread(thread.threadId(), id, text));
    }
    return new Written(id, writer.continueRoot(id, text));
  }

  private static Attributes lineAttributes(String type) {
    return type.equals("text") ? Attributes.EMPTY : Attributes.of("t", type);
  }

  private static String blip(Conversation conversation, String id) {
    if (!id.isEmpty()) {
      return id;
    }
    List<Blip> root = conversation.blips().stream().filter(blip -> !blip.deleted()).toList();
    if (root.isEmpty()) {
      throw new Refusal("there is no message yet: write one with --new");
    }
    return root.get(root.size() - 1).id();
  }
}
