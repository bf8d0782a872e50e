// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.memory;

import static org.wavefed.store.StoreException.Reason.CONFLICT;
import static org.wavefed.store.StoreException.Reason.NOT_FOUND;
import static org.wavefed.store.StoreException.Reason.UNAVAILABLE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/** All that the store holds, with a bound of its size. Not thread-safe. */
final class Wavelets {
  /** About what the objects around the bytes of one entry take. */
  private static final long ENTRY_OVERHEAD = 200;

  private static final Comparator<String> UTF8 =
      Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
  private static final Comparator<WaveletName> BY_URI =
      Comparator.comparing(WaveletName::toUri, UTF8);
  private static final Comparator<Bytes> BY_BYTES =
      Comparator.comparing(Bytes::shared, Arrays::compareUnsigned);
  private static final Comparator<DeliveryCursor> BY_PEER_AND_WAVELET =
      Comparator.comparing(DeliveryCursor::peerDomain, UTF8)
          .thenComparing(DeliveryCursor::wavelet, BY_URI);

  /** Each log by the versions where its deltas end. */
  private final NavigableMap<WaveletName, NavigableMap<Long, StoredDelta>> logs =
      new TreeMap<>(BY_URI);

  private final Map<WaveletName, StoredSnapshot> snapshots = new HashMap<>();
  private final NavigableMap<Bytes, Bytes> signers = new TreeMap<>(BY_BYTES);

  /** A map rather than a set, as the order sees only the peer and the wavelet. */
  private final NavigableMap<DeliveryCursor, Long> cursors = new TreeMap<>(BY_PEER_AND_WAVELET);

  private volatile long maxBytes;
  private long bytes;

  Wavelets(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Sets how much may be kept from now on; what is there stays, though it be more. Any thread. */
  void limit(long bytes) {
    maxBytes = bytes;
  }

  void append(Append append) {
    WaveletName wavelet = append.wavelet();
    NavigableMap<Long, StoredDelta> log = log(wavelet);
    requireHead(append, log);
    List<DeliveryCursor> starts =
        append.newCursors().stream().filter(cursor -> !cursors.containsKey(cursor)).toList();
    long size = append.deltas().stream().mapToLong(Wavelets::size).sum();
    take(size + starts.size() * ENTRY_OVERHEAD, wavelet.toUri());
    append.deltas().forEach(delta -> log.put(delta.resulting().version(), delta));
    logs.put(wavelet, log);
    starts.forEach(cursor -> cursors.put(cursor, cursor.version()));
  }

  private static void requireHead(Append append, NavigableMap<Long, StoredDelta> log) {
    boolean matches =
        log.isEmpty()
            ? append.expected().version() == 0
            : append.expected().equals(log.lastEntry().getValue().resulting());
    if (!matches) {
      String end =
          log.isEmpty() ? "has no log" : "ends at " + log.lastEntry().getValue().resulting();
      throw new StoreException(
          CONFLICT, append.wavelet() + " " + end + ", not at " + append.expected(), null);
    }
  }

  Optional<HashedVersion> head(WaveletName wavelet) {
    return Optional.ofNullable(log(wavelet).lastEntry()).map(last -> last.getValue().resulting());
  }

  List<StoredDelta> read(WaveletName wavelet, long from, long to, long limitBytes) {
    NavigableMap<Long, StoredDelta> log = log(wavelet);
    if (!log.isEmpty() && from != 0 && !log.containsKey(from)) {
      throw new StoreException(NOT_FOUND, wavelet + " has no delta boundary at " + from, null);
    }
    List<StoredDelta> deltas = new ArrayList<>();
    long size = 0;
    for (StoredDelta delta : log.tailMap(from, false).values()) {
      size += delta.applied().size();
      if (delta.resulting().version() > to || (size > limitBytes && !deltas.isEmpty())) {
        break;
      }
      deltas.add(delta);
    }
    return List.copyOf(deltas);
  }

  Optional<StoredDelta> endingAt(WaveletName wavelet, long version) {
    return Optional.ofNullable(log(wavelet).get(version));
  }

  List<WaveletName> list(Optional<WaveletName> after, int limit) {
    return after(logs, after).keySet().stream().limit(limit).toList();
  }

  void putSnapshot(WaveletName wavelet, StoredSnapshot snapshot) {
    long size = ENTRY_OVERHEAD + snapshot.content().size();
    StoredSnapshot old = snapshots.get(wavelet);
    take(size - (old == null ? 0 : ENTRY_OVERHEAD + old.content().size()), wavelet.toUri());
    snapshots.put(wavelet, snapshot);
  }

  Optional<StoredSnapshot> snapshot(WaveletName wavelet) {
    return Optional.ofNullable(snapshots.get(wavelet));
  }

  void putSigner(Bytes id, Bytes info) {
    Bytes old = signers.get(id);
    long size = old == null ? ENTRY_OVERHEAD + id.size() : -old.size();
    take(size + info.size(), "signer " + id);
    signers.put(id, info);
  }

  Optional<Bytes> signer(Bytes id) {
    return Optional.ofNullable(signers.get(id));
  }

  List<Bytes> signers(Optional<Bytes> after, int limit) {
    return after(signers, after).keySet().stream().limit(limit).toList();
  }

  void startCursor(DeliveryCursor cursor) {
    if (!cursors.containsKey(cursor)) {
      take(ENTRY_OVERHEAD, "cursor of " + cursor.peerDomain());
      cursors.put(cursor, cursor.version());
    }
  }

  void moveCursor(DeliveryCursor cursor) {
    cursors.computeIfPresent(cursor, (key, version) -> Math.max(version, cursor.version()));
  }

  void removeCursor(DeliveryCursor cursor) {
    Long version = cursors.get(cursor);
    if (version != null && version >= cursor.version()) {
      cursors.remove(cursor);
      bytes -= ENTRY_OVERHEAD;
    }
  }

  List<DeliveryCursor> cursors(Optional<DeliveryCursor> after, int limit) {
    return after(cursors, after).entrySet().stream()
        .limit(limit)
        .map(e -> new DeliveryCursor(e.getKey().peerDomain(), e.getKey().wavelet(), e.getValue()))
        .toList();
  }

  private NavigableMap<Long, StoredDelta> log(WaveletName wavelet) {
    return logs.getOrDefault(wavelet, new TreeMap<>());
  }

  private static <K, V> SortedMap<K, V> after(NavigableMap<K, V> map, Optional<K> after) {
    return after.<SortedMap<K, V>>map(key -> map.tailMap(key, false)).orElse(map);
  }

  private static long size(StoredDelta delta) {
    return ENTRY_OVERHEAD + delta.applied().size() + delta.transformed().map(Bytes::size).orElse(0);
  }

  private void take(long size, String what) {
    if (bytes + size > maxBytes) {
      throw new StoreException(
          UNAVAILABLE,
          "no room for "
              + what
              + ": the store in memory holds "
              + bytes
              + " of "
              + maxBytes
              + " bytes (mebibytes.max)",
          null);
    }
    bytes += size;
  }
}
