// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;

/**
 * Waves as a user of this server sees them. The caller has authenticated the user; this service
 * decides what the user may do: read and write a wavelet while the user, or {@code @domain} of the
 * user, is a participant. A wavelet that the user may not see looks like one that does not exist.
 *
 * <p>Calls return at once; failures are {@link WaveException}s. Thread-safe.
 */
@ProviderType
public interface WaveService {
  /** The domains whose users this server serves, the first the default. */
  Set<String> localDomains();

  /**
   * Creates a wave with a conversation wavelet ({@code conv+root}) hosted by the user's domain,
   * with the user as its only participant, an empty conversation and one empty first blip.
   *
   * @return its name, once it is durable
   */
  CompletionStage<WaveletName> create(ParticipantId user);

  /** The wavelet as it is at its newest durable version. */
  CompletionStage<WaveletSnapshot> read(ParticipantId user, WaveletName wavelet);

  /**
   * The wavelet as it was.
   *
   * @param version a version at which a delta ends, or 0
   */
  CompletionStage<WaveletSnapshot> readAt(ParticipantId user, WaveletName wavelet, long version);

  /**
   * Applies operations, all or none, in the user's name. They were made for {@code target} and are
   * transformed if others wrote since. Submitting the same again is answered with the first result.
   * At most one operation per document in one call.
   *
   * @param target a version at which a delta ends, with its hash
   * @param operations one or more
   * @return once they are durable where the wavelet is hosted
   */
  CompletionStage<Submitted> submit(
      ParticipantId user,
      WaveletName wavelet,
      HashedVersion target,
      List<WaveletOperation> operations);

  /**
   * Shows a wavelet live: first its state, then every change, each durable here. Events come one at
   * a time and in order, and must be taken without blocking; a watcher that falls more than a
   * bounded number of changes behind is told {@link Watcher#closed} and may watch again.
   */
  CompletionStage<Watch> watch(ParticipantId user, WaveletName wavelet, Watcher watcher);

  /** The wavelets that the user may see, newest change first, at most {@code limit}. */
  CompletionStage<List<WaveletSummary>> list(ParticipantId user, int limit);

  /**
   * Changes of a wavelet in order, from the one applied at {@code from} on, at most {@code limit}.
   *
   * @param from a version at which a delta ends, or 0
   */
  CompletionStage<List<WaveletChange>> history(
      ParticipantId user, WaveletName wavelet, long from, int limit);

  /** A running watch. */
  interface Watch extends AutoCloseable {
    /** Ends it; nothing is called afterwards. Idempotent. */
    @Override
    void close();
  }
}
