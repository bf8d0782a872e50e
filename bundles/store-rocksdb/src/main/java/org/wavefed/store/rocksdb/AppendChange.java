// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;

/** An append, encoded where it was asked for: the one thread that writes has enough to do. */
final class AppendChange implements Write.Change {
  /** A key and its value. */
  private record Row(byte[] key, byte[] value) {}

  private final Database database;
  private final Append append;
  private final byte[] headKey;
  private final List<Row> deltas = new ArrayList<>();
  private final Map<Bytes, Long> starts = new LinkedHashMap<>();
  private final byte[] head;

  AppendChange(Database database, Append append) {
    this.database = database;
    this.append = append;
    headKey = Keys.head(append.wavelet());
    HashedVersion end = append.expected();
    for (StoredDelta delta : append.deltas()) {
      end = delta.resulting();
      deltas.add(new Row(Keys.delta(append.wavelet(), end.version()), Values.delta(delta)));
    }
    head = Values.hashedVersion(end);
    for (DeliveryCursor cursor : append.newCursors()) {
      starts.putIfAbsent(Bytes.wrap(Keys.cursor(cursor)), cursor.version());
    }
  }

  /** About how many bytes it holds. */
  long size() {
    return deltas.stream().mapToLong(row -> row.key().length + row.value().length).sum();
  }

  @Override
  public void addTo(WriteBatchWithIndex batch) throws RocksDBException {
    requireHead(database.get(batch, headKey));
    List<Row> cursors = newCursors(batch);
    for (Row row : deltas) {
      batch.put(row.key(), row.value());
    }
    batch.put(headKey, head);
    for (Row row : cursors) {
      batch.put(row.key(), row.value());
    }
  }

  private void requireHead(byte @Nullable [] stored) {
    HashedVersion expected = append.expected();
    if (stored == null) {
      if (expected.version() != 0) {
        throw conflict("has no log");
      }
      return;
    }
    HashedVersion end = Values.hashedVersion(stored, append.wavelet().toUri());
    if (!end.equals(expected)) {
      throw conflict("ends at " + end);
    }
  }

  private StoreException conflict(String is) {
    return new StoreException(
        Reason.CONFLICT,
        append.wavelet().toUri() + " " + is + ", not at " + append.expected(),
        null);
  }

  private List<Row> newCursors(WriteBatchWithIndex batch) throws RocksDBException {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Bytes, Long> start : starts.entrySet()) {
      byte[] key = start.getKey().shared();
      if (database.get(batch, key) == null) {
        rows.add(new Row(key, Values.cursor(start.getValue())));
      }
    }
    return rows;
  }
}
