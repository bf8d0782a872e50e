// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.io.IOException;
import org.apache.karaf.shell.api.console.Session;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/** The keys of a session's terminal, one by one; closing it gives the terminal back as it was. */
interface Keyboard extends AutoCloseable {
  /** Whether a key was pressed, or nobody can press one any more. */
  boolean pressed();

  @Override
  void close();

  /** The keyboard of a session; one that is never pressed if the session has no terminal. */
  static Keyboard of(Session session) {
    return session.get(".jline.terminal") instanceof Terminal terminal
            && session.getTerminal() != null
        ? new Raw(terminal)
        : new None();
  }

  /**
   * Whether the terminal of a session is closed: whoever sat there is gone. Takes no key away.
   *
   * @return false if the session never had a terminal
   */
  static boolean isGone(Session session) {
    if (!(session.get(".jline.terminal") instanceof Terminal terminal)
        || session.getTerminal() == null) {
      return false;
    }
    try {
      return terminal.reader().peek(1) == NonBlockingReader.EOF;
    } catch (IOException e) {
      return true;
    }
  }

  /** No terminal, no key. */
  record None() implements Keyboard {
    @Override
    public boolean pressed() {
      return false;
    }

    @Override
    public void close() {}
  }

  /** A terminal in raw mode. */
  final class Raw implements Keyboard {
    private final Terminal terminal;
    private final Attributes before;

    Raw(Terminal terminal) {
      this.terminal = terminal;
      this.before = terminal.enterRawMode();
    }

    @Override
    public boolean pressed() {
      try {
        return terminal.reader().read(1) != NonBlockingReader.READ_EXPIRED;
      } catch (IOException e) {
        // The terminal is closed.
        return true;
      }
    }

    @Override
    public void close() {
      terminal.setAttributes(before);
    }
  }
}
