// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.wavefed.crypto.CryptoException;
import org.wavefed.shell.BundleServices;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Waiting;
import org.wavefed.store.StoreException;
import org.wavefed.wave.WaveException;

/**
 * A command of the console. The console makes one object for each run and sets its fields; services
 * are looked up while it runs.
 */
abstract class WaveCommand implements Action {
  @Reference BundleContext bundles;
  @Reference Session session;

  /** The console knows which session's screen this is by the thread that prints. */
  PrintStream out = System.out;

  /** For what must not get between the lines that a script reads. */
  PrintStream notes = System.err;

  @Override
  public final @Nullable Object execute() throws CommandException {
    CtrlC ctrlC = CtrlC.interruptsThisThread(session);
    try (BundleServices services = new BundleServices(bundles)) {
      run(services);
      return null;
    } catch (InterruptedException e) {
      throw refused("stopped", e);
    } catch (Refusal refusal) {
      throw refused(refusal.line(), refusal);
    } catch (WaveException | CryptoException | StoreException | IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    } finally {
      ctrlC.close();
      out.flush();
      notes.flush();
    }
  }

  /**
   * Does the work.
   *
   * @throws Refusal to end with one line for the person
   */
  abstract void run(Services services) throws InterruptedException;

  /** This exception alone is shown without a trace, and its first argument is what is shown. */
  private static CommandException refused(String line, Throwable cause) {
    return new CommandException(line, line, cause);
  }

  final Waiting waiting() {
    return Waiting.patiently(notes);
  }

  /** The width of the terminal, 0 if there is none. */
  final int width() {
    Terminal terminal = session.getTerminal();
    return terminal == null ? 0 : Math.max(0, terminal.getWidth());
  }

  /** Whether a person sits at a terminal; a command sent by {@code bin/client} has none. */
  final boolean isInteractive() {
    return session.getTerminal() != null;
  }
}
