// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Services.Found;
import org.wavefed.shell.Waiting;
import org.wavefed.shell.completer.StoreCompleter;
import org.wavefed.shell.store.Copied;
import org.wavefed.shell.store.StoreCopy;
import org.wavefed.store.DeltaStore;
import org.wavefed.wave.WaveService;

/** {@code wave:store-copy}. */
@Service
@Command(
    scope = "wave",
    name = "store-copy",
    description = "Copies all data from one store to another",
    detailedDescription =
        "Copies every wavelet with every delta, the signers and the delivery cursors, and compares"
            + " the two at the end. What is there already is not copied again: run it once more after"
            + " an interruption, or when the source has grown meanwhile.\n"
            + "\n"
            + "The server goes on with the store that it has. To change over without a loss: install"
            + " both stores, copy, stop the server, copy what came meanwhile, uninstall the old"
            + " store, start the server.\n"
            + "\n"
            + "Examples:\n"
            + "  feature:install wavefed-store-rocksdb wavefed-store-memory\n"
            + "  wave:store-copy rocksdb memory\n"
            + "  bundle:stop org.wavefed.server\n"
            + "  wave:store-copy rocksdb memory\n"
            + "  feature:uninstall wavefed-store-rocksdb\n"
            + "  bundle:start org.wavefed.server")
public final class StoreCopyCommand extends WaveCommand {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private long said = System.nanoTime();

  @Argument(
      index = 0,
      name = "from",
      required = true,
      description = "The store to copy from. Example: rocksdb")
  @Completion(StoreCompleter.class)
  String from = "";

  @Argument(
      index = 1,
      name = "to",
      required = true,
      description = "The store to copy to. Example: memory")
  @Completion(StoreCompleter.class)
  String to = "";

  @Override
  void run(Services services) {
    DeltaStore source = store(services, from);
    DeltaStore target = store(services, to);
    if (source == target) {
      throw new Refusal("nothing to do: " + from + " is both where from and where to");
    }
    out.println("copying " + source.description() + " to " + target.description());
    try {
      copy(source, target);
    } catch (InterruptedException e) {
      throw new Refusal("stopped; what was copied stays: copy once more to go on", e);
    }
    if (services.find(WaveService.class).isPresent()) {
      out.println(
          "The server still runs and may write: bundle:stop org.wavefed.server and copy once more"
              + " before the stores change places.");
    }
  }

  private void copy(DeltaStore source, DeltaStore target) throws InterruptedException {
    StoreCopy copy = new StoreCopy(source, target, patiently(), this::progress);
    Copied copied = copy.run();
    long different = copy.differences();
    out.println("copied " + describe(copied));
    if (different > 0) {
      throw new Refusal(
          different
              + " wavelets have grown in "
              + from
              + " meanwhile: bundle:stop org.wavefed.server, then copy once more");
    }
    out.println("Every wavelet ends at the same version and hash in both.");
  }

  private static DeltaStore store(Services services, String kind) {
    List<Found<DeltaStore>> all = services.all(DeltaStore.class);
    return all.stream()
        .filter(store -> kind.equals(kind(store)))
        .findFirst()
        .map(Found::service)
        .orElseThrow(
            () ->
                new Refusal(
                    "no store "
                        + kind
                        + " is running; there is "
                        + (all.isEmpty()
                            ? "none"
                            : String.join(", ", all.stream().map(StoreCopyCommand::kind).toList()))
                        + ": feature:install wavefed-store-rocksdb wavefed-store-memory brings both"));
  }

  private static String kind(Found<DeltaStore> store) {
    return String.valueOf(store.properties().get("store.kind"));
  }

  private Waiting patiently() {
    return new Waiting(notes, Duration.ofSeconds(30), PATIENCE);
  }

  private void progress(Copied soFar) {
    long now = System.nanoTime();
    if (now - said >= PROGRESS_NANOS) {
      said = now;
      notes.println("  so far " + describe(soFar));
      notes.flush();
    }
  }

  private static String describe(Copied copied) {
    return String.format(
        Locale.ROOT,
        "%,d new deltas (%,d KiB) in %,d wavelets, %,d signers, %,d cursors",
        copied.deltas(),
        copied.bytes() / 1024,
        copied.wavelets(),
        copied.signers(),
        copied.cursors());
  }
}
