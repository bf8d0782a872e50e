// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.store.StoreException.Reason.UNAVAILABLE;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.failure;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoredSnapshot;
import org.wavefed.testkit.store.DeltaStoreContract;

class MemoryDeltaStoreTest implements DeltaStoreContract {
  private final MemoryDeltaStore store = new MemoryDeltaStore(1 << 20);

  @Override
  public DeltaStore store() {
    return store;
  }

  @AfterEach
  @Override
  public void close() {
    store.close();
  }

  @Test
  void appendShouldBeRefusedWhenThereIsNoRoomAndGoOnWhenThereIs() {
    WaveletName wavelet = wavelet("a");
    Bytes large = Bytes.wrap(new byte[1_000_000]);
    get(store.putSnapshot(wavelet, new StoredSnapshot(at(wavelet, 1), large)));
    String line = failure(store.append(append(wavelet, 0, 1, 100_000)), UNAVAILABLE).getMessage();
    assertThat(line).contains(wavelet.toUri(), "mebibytes.max");
    assertThat(get(store.head(wavelet))).isEmpty();
    get(store.putSnapshot(wavelet, new StoredSnapshot(at(wavelet, 1), Bytes.EMPTY)));
    get(store.append(append(wavelet, 0, 1, 100_000)));
    assertThat(get(store.head(wavelet))).contains(at(wavelet, 1));
  }

  @Test
  void configurationShouldChangeTheBoundAndTakeNothingAway() {
    WaveletName wavelet = wavelet("a");
    get(store.append(append(wavelet, 0, 1, 100_000)));
    Bytes large = Bytes.wrap(new byte[1_000_000]);
    failure(store.putSnapshot(wavelet, new StoredSnapshot(at(wavelet, 1), large)), UNAVAILABLE);

    store.modified(mebibytesMax(2));
    assertThat(get(store.head(wavelet))).contains(at(wavelet, 1));
    get(store.putSnapshot(wavelet, new StoredSnapshot(at(wavelet, 1), large)));
  }

  private static Map<String, Object> mebibytesMax(Object mebibytes) {
    return Map.of("mebibytes.max", mebibytes, "store.kind", "memory");
  }

  private static StoredSnapshot snapshot(WaveletName wavelet, int mebibytes) {
    return new StoredSnapshot(at(wavelet, 1), Bytes.wrap(new byte[mebibytes << 20]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1048577", "64M", ""})
  void boundShouldStayWhenTheNextMakesNoSense(String mebibytes) {
    WaveletName wavelet = wavelet("a");
    store.modified(mebibytesMax(4));
    store.modified(mebibytesMax(mebibytes));
    get(store.putSnapshot(wavelet, snapshot(wavelet, 3)));
    failure(store.putSnapshot(wavelet("b"), snapshot(wavelet, 3)), UNAVAILABLE);
  }

  @Test
  void defaultShouldBeTheBoundWhenThatOfTheStartMakesNoSense() {
    WaveletName wavelet = wavelet("a");
    try (MemoryDeltaStore started = new MemoryDeltaStore(mebibytesMax("much"))) {
      get(started.putSnapshot(wavelet, snapshot(wavelet, 3)));
      failure(started.putSnapshot(wavelet("b"), snapshot(wavelet, 64)), UNAVAILABLE);
    }
  }
}
