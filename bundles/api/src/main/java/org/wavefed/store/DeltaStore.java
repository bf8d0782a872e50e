// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;

/**
 * Keeps wavelets as logs of applied deltas, with snapshots, signers and delivery cursors.
 *
 * <p>All calls return at once and complete on a thread of the store, which callers must not block;
 * failures are {@link StoreException}s. Several servers may share one store, so no implementation
 * may rely on being the only writer: {@link #append} compares and appends in one step. Thread-safe.
 *
 * <p>Bytes are returned exactly as they were given.
 */
@ConsumerType
public interface DeltaStore {
  /**
   * What the store is, for operators: {@code rocksdb}, and where it is. While nothing can be
   * written, {@code , NOT WRITABLE: } and why follow.
   */
  String description();

  /**
   * Appends deltas to one wavelet, if its log ends at the expected version, and with them starts
   * delivery cursors: all or nothing, and durable when the stage completes. Calls for different
   * wavelets share the cost of making them durable.
   *
   * @return completes when durable; exceptionally with {@link StoreException.Reason#CONFLICT} if
   *     the log ends elsewhere, {@link StoreException.Reason#UNAVAILABLE} if nothing can be written
   *     now (disk full, store closed), in which case nothing was appended
   */
  CompletionStage<Void> append(Append append);

  /** The version at which a wavelet's log ends; empty if there is no such wavelet. */
  CompletionStage<Optional<HashedVersion>> head(WaveletName wavelet);

  /**
   * Reads deltas in order, from the one applied at {@code from} to the last that ends at or before
   * {@code to}, but no more than about {@code maxBytes} of applied deltas; at least one if there is
   * one.
   *
   * @param from the version at which the first delta is applied; must be a boundary between deltas,
   *     or the stage fails with {@link StoreException.Reason#NOT_FOUND}
   * @param to an upper bound, {@link Long#MAX_VALUE} for all
   * @param maxBytes 1 or more
   * @return the deltas, empty if {@code from} is the end of the log or the wavelet does not exist
   */
  CompletionStage<List<StoredDelta>> read(WaveletName wavelet, long from, long to, long maxBytes);

  /** The delta that ends at a version, if one does: gives the hash at that version. */
  CompletionStage<Optional<StoredDelta>> endingAt(WaveletName wavelet, long version);

  /**
   * Lists wavelets in the order of their URIs, as UTF-8 bytes (unsigned).
   *
   * @param after list those that come after this one; empty to start at the first
   * @param limit how many at most, 1 or more
   */
  CompletionStage<List<WaveletName>> wavelets(Optional<WaveletName> after, int limit);

  /**
   * Keeps a snapshot that lets a wavelet be opened without replaying its whole log; replaces an
   * earlier one. Losing it loses nothing.
   */
  CompletionStage<Void> putSnapshot(WaveletName wavelet, StoredSnapshot snapshot);

  /** The newest snapshot, if there is one. */
  CompletionStage<Optional<StoredSnapshot>> snapshot(WaveletName wavelet);

  /** Keeps a value by key, durably: the signer infos. */
  CompletionStage<Void> putSigner(Bytes signerId, Bytes signerInfo);

  /** The value put by {@link #putSigner}. */
  CompletionStage<Optional<Bytes>> signer(Bytes signerId);

  /**
   * Lists the ids of the signers kept, in the order of their bytes (unsigned).
   *
   * @param after list those that come after this one; empty to start at the first
   * @param limit how many at most, 1 or more
   */
  CompletionStage<List<Bytes>> signers(Optional<Bytes> after, int limit);

  /**
   * Starts a delivery cursor, durably; does nothing if it is there already. While a server works, a
   * cursor starts with the {@link #append} that makes it necessary; this is for moving data from
   * one store to another.
   */
  CompletionStage<Void> startCursor(DeliveryCursor cursor);

  /**
   * Moves a cursor forward; moving it back or moving one that is not there does nothing. May be
   * lost in a crash, which costs a delivery that the peer has already.
   */
  CompletionStage<Void> moveCursor(DeliveryCursor cursor);

  /**
   * Ends deliveries of a wavelet to a peer if the cursor has reached {@code cursor.version()};
   * otherwise does nothing.
   */
  CompletionStage<Void> removeCursor(DeliveryCursor cursor);

  /** The cursors, in the order of peer and wavelet, after the given one. Used at start. */
  CompletionStage<List<DeliveryCursor>> cursors(Optional<DeliveryCursor> after, int limit);

  /**
   * Tells of appends made by others that share the store, as wavelet names; the embedded stores
   * never call it.
   *
   * @return closes the feed; idempotent
   */
  AutoCloseable watchForeignAppends(Consumer<WaveletName> listener);
}
