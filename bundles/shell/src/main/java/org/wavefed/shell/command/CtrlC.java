// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import org.apache.karaf.shell.api.console.Session;
import org.jline.terminal.Terminal;

/**
 * While it is open, Ctrl-C interrupts the thread that opened it and nothing else. The console's own
 * way is to give the command up and to prompt at once, while the command still prints its last
 * lines or gives the terminal back.
 */
interface CtrlC extends AutoCloseable {
  @Override
  void close();

  /** Takes Ctrl-C over from the console; does nothing if the session has no terminal. */
  static CtrlC interruptsThisThread(Session session) {
    if (session.getTerminal() == null
        || !(session.get(".jline.terminal") instanceof Terminal terminal)) {
      return () -> {};
    }
    Thread thread = Thread.currentThread();
    Terminal.SignalHandler before =
        terminal.handle(
            Terminal.Signal.INT,
            signal -> {
              // What the command says to it begins on a line below the ^C.
              terminal.writer().println();
              terminal.flush();
              thread.interrupt();
            });
    return () -> terminal.handle(Terminal.Signal.INT, before);
  }
}
