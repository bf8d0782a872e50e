// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.store.StoreException;

class StoreConfigurationTest {
  @ParameterizedTest
  @CsvSource({
    "block.cache.mebibytes, 0",
    "block.cache.mebibytes, 65537",
    "block.cache.mebibytes, 8M",
    "queue.appends.max, -1",
    "queue.appends.max, ''",
  })
  void defaultShouldCountInThePlaceOfANumberThatMakesNoSense(String key, String value) {
    var config = RocksDbDeltaStore.configured(Map.of("dir", "/waves", key, value));
    assertThat(config.dir()).isEqualTo("/waves");
    assertThat(config.block_cache_mebibytes()).isEqualTo(8);
    assertThat(config.queue_appends_max()).isEqualTo(10_000);
  }

  @Test
  void directoryShouldBeTheConfiguredOneOrInTheDataOfTheServer() {
    assertThat(RocksDbDeltaStore.directory(" /waves ", Optional.of("/data")))
        .isEqualTo(Path.of("/waves"));
    assertThat(RocksDbDeltaStore.directory(" ", Optional.of("/data")))
        .isEqualTo(Path.of("/data/wavefed/store"));
    assertThatThrownBy(() -> RocksDbDeltaStore.directory("", Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessage("no directory for the store: set dir in etc/org.wavefed.store.rocksdb.cfg");
  }
}
