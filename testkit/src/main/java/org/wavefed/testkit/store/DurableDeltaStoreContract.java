// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.appendWithCursor;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.failure;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/** What every {@link DeltaStore} that outlives its process must do as well. */
public interface DurableDeltaStoreContract extends DeltaStoreContract {
  /** Ends the store in an orderly way and opens what it left; {@link #store()} is the new one. */
  void reopen();

  /**
   * Opens what was on disk at this moment, as after a crash of the process: nothing is flushed or
   * closed before. {@link #store()} is the new one.
   */
  void crash();

  @Test
  default void everythingShouldBeThereWhenReopened() {
    WaveletName wavelet = wavelet("a");
    DeliveryCursor cursor = new DeliveryCursor("initech.example", wavelet, 1);
    StoredSnapshot snapshot =
        new StoredSnapshot(at(wavelet, 1), Bytes.copyOf(new byte[] {1, 2, 3}));
    Bytes signer = Bytes.copyOf(new byte[] {9});
    get(store().append(appendWithCursor(wavelet, 0, cursor)));
    get(store().append(append(wavelet, 1, 50, 1000)));
    get(store().putSnapshot(wavelet, snapshot));
    get(store().putSigner(signer, signer));
    List<StoredDelta> before = get(store().read(wavelet, 0, Long.MAX_VALUE, 1 << 20));
    reopen();
    assertThat(get(store().head(wavelet))).contains(at(wavelet, 51));
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, 1 << 20))).isEqualTo(before);
    assertThat(get(store().snapshot(wavelet))).contains(snapshot);
    assertThat(get(store().signer(signer))).contains(signer);
    assertThat(get(store().cursors(Optional.empty(), 10))).containsExactly(cursor);
  }

  @Test
  default void appendShouldGoOnWhereItEndedWhenReopened() {
    WaveletName wavelet = wavelet("a");
    get(store().append(append(wavelet, 0)));
    reopen();
    failure(store().append(append(wavelet, 0)), Reason.CONFLICT);
    get(store().append(append(wavelet, 1)));
    assertThat(get(store().head(wavelet))).contains(at(wavelet, 2));
  }

  @Test
  default void whatWasAnsweredShouldBeThereAfterACrash() {
    WaveletName wavelet = wavelet("a");
    Bytes signer = Bytes.copyOf(new byte[] {9});
    DeliveryCursor removed = new DeliveryCursor("removed.example", wavelet, 0);
    DeliveryCursor kept = new DeliveryCursor("kept.example", wavelet, 0);
    get(store().append(appendWithCursor(wavelet, 0, removed)));
    get(store().append(appendWithCursor(wavelet, 1, kept)));
    get(store().putSigner(signer, signer));
    get(store().removeCursor(removed));
    crash();
    assertThat(get(store().head(wavelet))).contains(at(wavelet, 2));
    assertThat(get(store().signer(signer))).contains(signer);
    assertThat(get(store().cursors(Optional.empty(), 10))).containsExactly(kept);
  }
}
