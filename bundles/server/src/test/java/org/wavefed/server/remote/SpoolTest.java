// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.model.Bytes;

class SpoolTest {
  @TempDir Path folder;

  @Test
  void messagesShouldComeInOrderAndInPartsWhenTheyAreTooMuchForMemory() throws IOException {
    List<Bytes> all = new ArrayList<>();
    try (Spool spool = new Spool(100, folder)) {
      for (int i = 0; i < 50; i++) {
        all.add(Bytes.wrap(new byte[i]));
        spool.add(all.get(i));
      }
      List<Bytes> taken = new ArrayList<>();
      for (List<Bytes> part = spool.take(); !part.isEmpty(); part = spool.take()) {
        assertThat(part.stream().mapToInt(Bytes::size).sum()).isLessThan(150);
        taken.addAll(part);
      }
      assertThat(taken).isEqualTo(all);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fewMessagesShouldNeedNoFile() throws IOException {
    try (Spool spool = new Spool(100, folder.resolve("missing"))) {
      spool.add(Bytes.wrap(new byte[100]));
      assertThat(spool.take()).hasSize(1);
      assertThat(spool.take()).isEmpty();
    }
  }
}
