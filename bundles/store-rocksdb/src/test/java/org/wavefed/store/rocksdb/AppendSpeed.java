// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.wavefed.model.id.WaveletName;

/**
 * Measures durable appends of 300 bytes per second, beside what the disk can do: run its main with
 * a directory on the disk in question.
 */
final class AppendSpeed {
  private static final int SIZE = 300;
  private static final long NANOS = 5_000_000_000L;

  private AppendSpeed() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    NativeLibrary.acquire();
    Path dir = Files.createTempDirectory(Path.of(args[0]), "append-speed");
    for (int round = 0; round < 2; round++) {
      System.out.printf("raw append and fdatasync      %,8d/s%n", raw(dir.resolve("raw" + round)));
      for (int[] load : new int[][] {{1, 1}, {16, 1}, {16, 16}, {100, 16}}) {
        Path store = dir.resolve("store" + round + "-" + load[0] + "-" + load[1]);
        System.out.printf(
            "%3d wavelets, %2d ahead each  %s%n", load[0], load[1], store(store, load));
      }
    }
  }

  private static long raw(Path file) throws IOException {
    long end = System.nanoTime() + NANOS;
    long count = 0;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (System.nanoTime() < end) {
        out.write(ByteBuffer.allocate(SIZE));
        out.force(false);
        count++;
      }
    }
    return count * 1_000_000_000L / NANOS;
  }

  /** Each wavelet has a thread of its own, as in the server; so many appends wait at a time. */
  private static String store(Path dir, int[] load) throws InterruptedException {
    try (Statistics counts = new Statistics();
        RocksDbDeltaStore store = new RocksDbDeltaStore(dir, 8, 10_000, Optional.of(counts))) {
      long[] appended = new long[load[0]];
      Thread[] writers =
          IntStream.range(0, load[0])
              .mapToObj(i -> new Thread(() -> appended[i] = write(store, i, load[1])))
              .toArray(Thread[]::new);
      for (Thread writer : writers) {
        writer.start();
      }
      for (Thread writer : writers) {
        writer.join();
      }
      long sum = IntStream.range(0, load[0]).mapToLong(i -> appended[i]).sum();
      long syncs = counts.getTickerCount(TickerType.WAL_FILE_SYNCED);
      return String.format(
          "%,8d appends/s, %,6d syncs/s",
          sum * 1_000_000_000L / NANOS, syncs * 1_000_000_000L / NANOS);
    }
  }

  private static long write(RocksDbDeltaStore store, int number, int ahead) {
    WaveletName wavelet = wavelet("w" + number);
    Deque<CompletionStage<Void>> waiting = new ArrayDeque<>();
    long end = System.nanoTime() + NANOS;
    long version = 0;
    while (System.nanoTime() < end) {
      waiting.add(store.append(append(wavelet, version++, 1, SIZE)));
      if (waiting.size() == ahead) {
        get(waiting.remove());
      }
    }
    waiting.forEach(stage -> get(stage));
    return version;
  }
}
