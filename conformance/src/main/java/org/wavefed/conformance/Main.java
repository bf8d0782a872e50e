// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command line. */
public final class Main {
  private static final String USAGE =
      """
      conformance/run vectors DIR    runs every vector file (*.jsonl) of a folder
      conformance/run captures DIR   reads and writes every captured stanza (*.xml) of a folder
      conformance/run --help         shows this

      Failures are shown with what was expected and what came. The last line is
      'N passed, N failed', and ', N skipped' where a rule of conformance/DIFFERENCES.md
      explains why we differ. A captured stanza that the protocol does not allow passes when
      it is refused; it is shown with the error that the server would send. Exits with 0, with 1 after a failure, with 2 if it cannot run.
      """;

  private Main() {}

  /** Runs, and exits with 0, 1 or 2. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    int status = run(args, out, err);
    out.flush();
    System.exit(status);
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
      out.print(USAGE);
      return 0;
    }
    try {
      if (args.length != 2) {
        throw new UsageException("say what to run, and a folder\n\n" + USAGE);
      }
      return run(args[0], Path.of(args[1]), out).failures() == 0 ? 0 : 1;
    } catch (UsageException e) {
      err.println("conformance/run: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("conformance/run: cannot read: " + e.getMessage());
      return 2;
    }
  }

  private static Tally run(String what, Path folder, PrintStream out)
      throws IOException, UsageException {
    if (!what.equals("vectors") && !what.equals("captures")) {
      throw new UsageException("'" + what + "' cannot be run\n\n" + USAGE);
    } else if (!Files.isDirectory(folder)) {
      throw new UsageException(folder + " is no folder");
    }
    return what.equals("vectors")
        ? new VectorRun(out).run(folder)
        : new CaptureRun(out).run(folder);
  }
}
