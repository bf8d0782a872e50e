// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.failure;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/** A real full disk: a small file system in memory. Skipped where none may be mounted. */
class FullDiskTest {
  private static final long LEFT_BYTES = 2 << 20;
  private static final int DELTA_BYTES = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temp;
  private final WaveletName wavelet = wavelet("a");
  private Path disk;
  private Path filler;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    Path point = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", point.toString()) == 0,
        "a file system can be mounted (root)");
    disk = point;
    filler = disk.resolve("filler");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  @Test
  void writesShouldBeRefusedWhenTheDiskIsFullAndGoOnWhenItIsNot() throws IOException {
    fill();
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(disk.resolve("store"))) {
      long end = appendUntilRefused(store);
      assertThat(get(store.head(wavelet))).contains(at(wavelet, end));
      assertThat(get(store.read(wavelet, 0, Long.MAX_VALUE, Long.MAX_VALUE))).hasSize((int) end);
      failure(store.append(append(wavelet("b"), 0)), Reason.UNAVAILABLE);
      assertThat(store.description()).contains("NOT WRITABLE", "is full");
      Files.delete(filler);
      appendUntilTaken(store, end);
      assertThat(store.description()).doesNotContain("NOT WRITABLE");
      assertThat(get(store.head(wavelet))).contains(at(wavelet, end + 1));
    }
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(disk.resolve("store"))) {
      assertThat(get(store.head(wavelet)).orElseThrow().version()).isPositive();
      get(store.append(append(wavelet("b"), 0)));
    }
  }

  @Test
  void whatWasAnsweredShouldBeThereWhenTheServerEndsOnAFullDisk() throws IOException {
    long end;
    fill();
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(disk.resolve("store"))) {
      end = appendUntilRefused(store);
    }
    Files.delete(filler);
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(disk.resolve("store"))) {
      assertThat(get(store.head(wavelet))).contains(at(wavelet, end));
    }
  }

  /** Before the store is opened, since RocksDB sets room aside for its log when it can. */
  private void fill() throws IOException {
    long room = disk.toFile().getUsableSpace() - LEFT_BYTES;
    Files.write(filler, new byte[(int) room]);
  }

  private long appendUntilRefused(RocksDbDeltaStore store) {
    for (long version = 0; ; version++) {
      assertThat(version * DELTA_BYTES).as("appended").isLessThan(2 * LEFT_BYTES);
      CompletionStage<Void> stage = store.append(append(wavelet, version, 1, DELTA_BYTES));
      if (get(stage.handle((nothing, failure) -> failure != null))) {
        assertThat(failure(stage, Reason.UNAVAILABLE))
            .hasMessageContainingAll(wavelet.toUri(), "is full", disk.toString());
        return version;
      }
    }
  }

  private void appendUntilTaken(RocksDbDeltaStore store, long version) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        get(store.append(append(wavelet, version)));
        return;
      } catch (StoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
