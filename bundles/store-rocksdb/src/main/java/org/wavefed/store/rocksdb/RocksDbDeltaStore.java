// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.configuration.Within;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/**
 * Keeps wavelets in a RocksDB database in one directory, durably: appends, signers and ended
 * deliveries are synced to disk before they are answered, moved cursors and snapshots are not.
 *
 * <p>A full disk: writes are refused, reads go on, and some seconds after there is room again
 * writes go on too. A write that was refused can still be there after a crash that follows before
 * that; the append's expectation of where the log ends makes such a thing harmless.
 *
 * <p>A crash: {@link WriteAheadLog}. Damage: a store whose log or file list is damaged is not
 * opened; damage in a data file fails the reads that meet it.
 */
@Component(
    service = DeltaStore.class,
    immediate = true,
    configurationPid = "org.wavefed.store.rocksdb",
    property = "store.kind=rocksdb")
@Designate(ocd = RocksDbDeltaStore.Config.class)
public final class RocksDbDeltaStore implements DeltaStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RocksDbDeltaStore.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final int DEFAULT_CACHE_MEBIBYTES = 8;
  private static final int DEFAULT_QUEUE_APPENDS = 10_000;

  static final String FILE = "org.wavefed.store.rocksdb.cfg";

  /** What can be configured. A change closes the store and opens it again. */
  @ObjectClassDefinition(
      name = "Wavefed store in RocksDB",
      description = "Keeps wavelets durably in a directory of this server.")
  public @interface Config {
    /** Where the data is. */
    @AttributeDefinition(
        name = "Directory",
        description =
            "Where the data is kept; created if missing. Of this server alone, on a local disk."
                + " Empty: data/wavefed/store in Karaf's directory.",
        required = false)
    String dir() default "";

    /** The size of the cache of what was read. */
    @AttributeDefinition(
        name = "Block cache",
        description = "Memory for data read lately, in MiB.",
        min = "1",
        max = "65536")
    @Within(least = 1, most = 65_536)
    int block_cache_mebibytes() default DEFAULT_CACHE_MEBIBYTES;

    /** The bound of the queue of writes. */
    @AttributeDefinition(
        name = "Queue limit",
        description = "How many writes may wait for the disk. Further ones are refused.",
        min = "1",
        max = "1000000")
    @Within(least = 1, most = 1_000_000)
    int queue_appends_max() default DEFAULT_QUEUE_APPENDS;
  }

  private final Database database;
  private final Committer committer;
  private final Reader reader;
  private boolean closed;

  /** As configured; the log says what makes no sense, and then the default counts. */
  @Activate
  public RocksDbDeltaStore(Map<String, Object> properties, BundleContext context) {
    this(configured(properties), context);
  }

  private RocksDbDeltaStore(Config config, BundleContext context) {
    this(
        directory(config.dir(), Optional.ofNullable(context.getProperty("karaf.data"))),
        config.block_cache_mebibytes(),
        config.queue_appends_max(),
        Optional.empty());
  }

  /**
   * In a directory, with the defaults.
   *
   * @throws StoreException if it cannot be opened
   */
  public RocksDbDeltaStore(Path dir) {
    this(dir, DEFAULT_CACHE_MEBIBYTES, DEFAULT_QUEUE_APPENDS, Optional.empty());
  }

  RocksDbDeltaStore(
      Path dir, int cacheMebibytes, int queueAppends, Optional<Statistics> statistics) {
    requirePositive(cacheMebibytes);
    requirePositive(queueAppends);
    database = Database.open(dir.toAbsolutePath().normalize(), cacheMebibytes, statistics);
    committer = new Committer(database, queueAppends);
    reader = new Reader(database);
    LOG.info("store opened in {}", database.dir());
  }

  static Config configured(Map<String, Object> properties) {
    var read = CheckedConfiguration.of(Config.class, FILE, properties, "store.kind");
    read.warnings().forEach(LOG::warn);
    return read.orDefaults(LOG::error);
  }

  static Path directory(String configured, Optional<String> karafData) {
    if (!configured.isBlank()) {
      return Path.of(configured.strip());
    }
    return karafData
        .map(data -> Path.of(data, "wavefed", "store"))
        .orElseThrow(
            () ->
                new StoreException(
                    Reason.UNAVAILABLE,
                    "no directory for the store: set dir in etc/" + FILE,
                    null));
  }

  /** Waits a bounded time for the calls in hand and closes; later calls fail. Idempotent. */
  @Deactivate
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean idle = committer.close(CLOSE_PATIENCE) & reader.close(CLOSE_PATIENCE);
    if (idle) {
      database.close();
      LOG.info("store closed in {}", database.dir());
    } else {
      // To free native memory that a call still works in would end the whole process.
      LOG.error(
          "the disk of {} did not answer in {}: the store stays locked until the server restarts",
          database.dir(),
          CLOSE_PATIENCE);
    }
  }

  @Override
  public String description() {
    String refusal = committer.refusal();
    return "rocksdb, " + database.dir() + (refusal.isEmpty() ? "" : ", NOT WRITABLE: " + refusal);
  }

  @Override
  public CompletionStage<Void> append(Append append) {
    AppendChange change = new AppendChange(database, append);
    return write("append to " + append.wavelet().toUri(), change.size(), true, change);
  }

  @Override
  public CompletionStage<Optional<HashedVersion>> head(WaveletName wavelet) {
    return get(Keys.head(wavelet), wavelet.toUri(), value -> Values.hashedVersion(value, wavelet));
  }

  @Override
  public CompletionStage<List<StoredDelta>> read(
      WaveletName wavelet, long from, long to, long maxBytes) {
    if (from < 0) {
      throw new IllegalArgumentException("negative version " + from);
    }
    requirePositive(maxBytes);
    return reader.submit(
        "reading " + wavelet.toUri() + " from " + from,
        () -> readDeltas(wavelet, from, to, maxBytes));
  }

  private List<StoredDelta> readDeltas(WaveletName wavelet, long from, long to, long maxBytes)
      throws RocksDBException {
    DeltaRange range = new DeltaRange(wavelet, from, to, maxBytes);
    database.scan(range.firstKey(), range.afterLastKey(), range);
    if (range.sawNothing() && from != 0) {
      requireEnd(wavelet, from);
    }
    return range.deltas();
  }

  private void requireEnd(WaveletName wavelet, long version) throws RocksDBException {
    byte[] head = database.get(Keys.head(wavelet));
    if (head != null && Values.hashedVersion(head, wavelet).version() != version) {
      throw DeltaRange.noBoundary(wavelet, version);
    }
  }

  @Override
  public CompletionStage<Optional<StoredDelta>> endingAt(WaveletName wavelet, long version) {
    String what = wavelet.toUri() + " at " + version;
    return get(Keys.delta(wavelet, version), what, value -> Values.delta(value, what));
  }

  @Override
  public CompletionStage<List<WaveletName>> wavelets(Optional<WaveletName> after, int limit) {
    return list(Keys.HEAD, after.map(Keys::head), limit, (key, value) -> Keys.wavelet(key));
  }

  @Override
  public CompletionStage<Void> putSnapshot(WaveletName wavelet, StoredSnapshot snapshot) {
    return write(
        "snapshot of " + wavelet.toUri(),
        snapshot.content().size(),
        false,
        batch -> batch.put(Keys.snapshot(wavelet), Values.snapshot(snapshot)));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> snapshot(WaveletName wavelet) {
    String what = "snapshot of " + wavelet.toUri();
    return get(Keys.snapshot(wavelet), what, value -> Values.snapshot(value, what));
  }

  @Override
  public CompletionStage<Void> putSigner(Bytes signerId, Bytes signerInfo) {
    return write(
        "signer " + signerId,
        signerInfo.size(),
        true,
        batch -> batch.put(Keys.signer(signerId), signerInfo.shared()));
  }

  @Override
  public CompletionStage<Optional<Bytes>> signer(Bytes signerId) {
    return get(Keys.signer(signerId), "signer " + signerId, Bytes::wrap);
  }

  @Override
  public CompletionStage<List<Bytes>> signers(Optional<Bytes> after, int limit) {
    return list(Keys.SIGNER, after.map(Keys::signer), limit, (key, value) -> Keys.signerId(key));
  }

  @Override
  public CompletionStage<Void> startCursor(DeliveryCursor cursor) {
    byte[] key = Keys.cursor(cursor);
    return write(
        "cursor " + cursor,
        key.length,
        true,
        batch -> {
          if (database.get(batch, key) == null) {
            batch.put(key, Values.cursor(cursor.version()));
          }
        });
  }

  @Override
  public CompletionStage<Void> moveCursor(DeliveryCursor cursor) {
    byte[] key = Keys.cursor(cursor);
    return write(
        "cursor " + cursor,
        key.length,
        false,
        batch -> {
          byte[] at = database.get(batch, key);
          if (at != null && Values.cursor(at, cursor) < cursor.version()) {
            batch.put(key, Values.cursor(cursor.version()));
          }
        });
  }

  @Override
  public CompletionStage<Void> removeCursor(DeliveryCursor cursor) {
    byte[] key = Keys.cursor(cursor);
    return write(
        "cursor " + cursor,
        key.length,
        true,
        batch -> {
          byte[] at = database.get(batch, key);
          if (at != null && Values.cursor(at, cursor) >= cursor.version()) {
            batch.delete(key);
          }
        });
  }

  @Override
  public CompletionStage<List<DeliveryCursor>> cursors(Optional<DeliveryCursor> after, int limit) {
    return list(
        Keys.CURSOR,
        after.map(Keys::cursor),
        limit,
        (key, value) -> Keys.cursor(key, Values.cursor(value, "cursor")));
  }

  @Override
  public AutoCloseable watchForeignAppends(Consumer<WaveletName> listener) {
    return () -> {};
  }

  private CompletionStage<Void> write(
      String what, long size, boolean durable, Write.Change change) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    committer.submit(new Write(what, size, durable, change, answer));
    return answer;
  }

  private <T> CompletionStage<Optional<T>> get(
      byte[] key, String what, Function<byte[], T> decoder) {
    return reader.submit(
        "reading " + what, () -> Optional.ofNullable(database.get(key)).map(decoder));
  }

  private <T> CompletionStage<List<T>> list(
      byte kind, Optional<byte[]> after, int limit, BiFunction<byte[], byte[], T> decoder) {
    requirePositive(limit);
    byte[] from = after.map(Keys::next).orElse(Keys.first(kind));
    return reader.submit(
        "listing",
        () -> {
          List<T> rows = new ArrayList<>();
          database.scan(
              from,
              Keys.afterLast(kind),
              (key, value) -> {
                rows.add(decoder.apply(key, value));
                return rows.size() < limit;
              });
          return List.copyOf(rows);
        });
  }

  private static void requirePositive(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(limit + " is not 1 or more");
    }
  }
}
