// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampsTest {
  @TempDir Path folder;
  private Path inside;
  private Path link;
  private FileStamps before;

  @BeforeEach
  void look() throws Exception {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    inside = Files.writeString(keys.resolve("a.key"), "one");
    Files.writeString(folder.resolve("1.pem"), "old");
    Files.writeString(folder.resolve("2.pem"), "new");
    link = Files.createSymbolicLink(folder.resolve("live.pem"), Path.of("1.pem"));
    before = now();
  }

  private FileStamps now() {
    return FileStamps.of(List.of(folder.resolve("keys"), link, folder.resolve("later")));
  }

  @Test
  void stampsShouldBeEqualWhenNothingHasChanged() {
    assertThat(now()).isEqualTo(before);
  }

  @Test
  void stampsShouldDifferWhenAFileInAFolderHasChangedComeOrGone() throws Exception {
    Files.writeString(inside, "another");
    FileStamps changed = now();
    Files.writeString(inside.resolveSibling("b.key"), "one");
    FileStamps come = now();
    Files.delete(inside);
    assertThat(List.of(before, changed, come, now())).doesNotHaveDuplicates();
  }

  @Test
  void stampsShouldDifferWhenAFileComesOrALinkLeadsElsewhere() throws Exception {
    Files.writeString(folder.resolve("later"), "here");
    FileStamps come = now();
    Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of("2.pem"));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    assertThat(List.of(before, come, now())).doesNotHaveDuplicates();
  }
}
