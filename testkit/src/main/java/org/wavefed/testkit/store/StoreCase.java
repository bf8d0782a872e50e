// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;

/** Wavelets, deltas and waits for tests of stores. */
public final class StoreCase {
  private static final long PATIENCE_SECONDS = 30;
  private static final int HASH_LENGTH = 20;

  private StoreCase() {}

  /** A wavelet by a short name. */
  public static WaveletName wavelet(String name) {
    return WaveletName.parseUri("wave://acmewave.example/w+" + name + "/conv+root");
  }

  /** A version whose hash follows from the wavelet and the number. */
  public static HashedVersion at(WaveletName wavelet, long version) {
    byte[] uri = wavelet.toUri().getBytes(StandardCharsets.UTF_8);
    if (version == 0) {
      return new HashedVersion(0, Bytes.wrap(uri));
    }
    byte[] hash = new byte[HASH_LENGTH];
    ByteBuffer.wrap(hash).putLong(version).putInt(wavelet.hashCode());
    return new HashedVersion(version, Bytes.wrap(hash));
  }

  /** A delta from one version to another with so many bytes. */
  public static StoredDelta delta(WaveletName wavelet, long from, long to, int size) {
    byte[] applied = new byte[size];
    for (int i = 0; i < size; i++) {
      applied[i] = (byte) (from * 31 + i);
    }
    return new StoredDelta(
        at(wavelet, from), at(wavelet, to), Bytes.wrap(applied), Optional.empty());
  }

  /** One delta of one operation and a hundred bytes. */
  public static Append append(WaveletName wavelet, long from) {
    return append(wavelet, from, 1, 100);
  }

  /** So many deltas of one operation each. */
  public static Append append(WaveletName wavelet, long from, int count, int size) {
    List<StoredDelta> deltas = new ArrayList<>(count);
    for (long version = from; version < from + count; version++) {
      deltas.add(delta(wavelet, version, version + 1, size));
    }
    return new Append(wavelet, at(wavelet, from), deltas, List.of());
  }

  /** One delta, and with it a cursor. */
  public static Append appendWithCursor(WaveletName wavelet, long from, DeliveryCursor cursor) {
    return new Append(
        wavelet, at(wavelet, from), List.of(delta(wavelet, from, from + 1, 100)), List.of(cursor));
  }

  /** The result, waited for with a bound. */
  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer from the store", e);
    }
  }

  /** Waits for the failure and checks that it is of this kind, in one line. */
  public static StoreException failure(CompletionStage<?> stage, StoreException.Reason reason) {
    StoreException[] seen = new StoreException[1];
    assertThatThrownBy(() -> get(stage))
        .isInstanceOfSatisfying(StoreException.class, e -> seen[0] = e);
    assertThat(seen[0].reason()).as(seen[0].getMessage()).isEqualTo(reason);
    assertThat(seen[0].getMessage()).isNotBlank().doesNotContain("\n");
    return seen[0];
  }
}
