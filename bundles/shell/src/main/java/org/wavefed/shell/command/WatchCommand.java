// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.Paragraph;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Times;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.shell.conversation.ConversationPage;
import org.wavefed.shell.conversation.LiveView;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** {@code wave:watch}. */
@Service
@Command(
    scope = "wave",
    name = "watch",
    description = "Shows live who writes what where, until a key is pressed",
    detailedDescription =
        "Shows the wave as it is and then every change as it comes: when, the version after it, who,"
            + " the message (blip) and what was written or deleted. What one person goes on typing"
            + " grows on one line. Any key ends it. Without a terminal there is no key: --for says"
            + " how long.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:watch w+abc\n"
            + "  wave:watch --for 60 --as bob@initech.example w+abc")
public final class WatchCommand extends UserCommand {
  /** A pause after which what somebody types is shown where lines cannot be rewritten. */
  private static final long PAUSE_MILLIS = 1000;

  @Option(
      valueToShowInHelp = "",
      name = "--for",
      description = "End after this many seconds; needed where there is no terminal. Example: 60")
  double seconds;

  @Option(name = "--changes", description = "Show the changes alone, not the wave as it is")
  boolean changesAlone;

  @Argument(name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    if (!(seconds >= 0 && seconds <= 86_400)) {
      throw new Refusal("--for " + seconds + ": give seconds, up to 86400");
    }
    if (seconds == 0 && !isInteractive()) {
      throw new Refusal("there is no key to end it with: give --for with 1 to 86400 seconds");
    }
    WaveletName name = wavelet(waves, user, wave);
    ChangeFeed feed = new ChangeFeed();
    WaveService.Watch watch = waiting().await(waves.watch(user, name, feed), name.toString());
    try (watch;
        Keyboard keyboard = Keyboard.of(session)) {
      show(feed, keyboard);
    } catch (InterruptedException e) {
      // Ctrl-C ends a watch as any other key does.
    }
  }

  private void show(ChangeFeed feed, Keyboard keyboard) throws InterruptedException {
    LiveView view = new LiveView(out, Times.here(), width());
    long end = seconds == 0 ? Long.MAX_VALUE : Math.round(seconds * 1e9);
    long start = System.nanoTime();
    long lastChange = start;
    try {
      while (System.nanoTime() - start < end && !keyboard.pressed() && !out.checkError()) {
        ChangeFeed.Event event = feed.next(Duration.ofMillis(100));
        if (event instanceof ChangeFeed.Opened opened) {
          open(opened.snapshot());
        } else if (event instanceof ChangeFeed.Changed changed) {
          view.changed(changed.change());
          lastChange = System.nanoTime();
        } else if (event instanceof ChangeFeed.Closed closed) {
          throw new Refusal("the watch ended: " + closed.reason());
        } else if (width() == 0 && System.nanoTime() - lastChange > PAUSE_MILLIS * 1_000_000) {
          view.settle();
        }
      }
    } finally {
      view.settle();
    }
  }

  private void open(WaveletSnapshot snapshot) {
    if (!changesAlone) {
      Conversation.read(snapshot.state())
          .map(conversation -> ConversationPage.lines(conversation, width()))
          .ifPresent(lines -> lines.forEach(out::println));
      out.println();
    }
    String note =
        "Watching "
            + Printable.of(snapshot.state().name().toString())
            + " from version "
            + snapshot.version().version()
            + (isInteractive() ? ": any key ends it." : ".");
    Paragraph.lines("", note, width()).forEach(out::println);
    out.flush();
  }
}
