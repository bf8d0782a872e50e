// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir Path folder;

  @Test
  void keyShouldBeSetWhereItIsAndAllElseShouldStay() throws IOException {
    expect(
        "# pinned = no\nlimits.pinned = 3\n pinned = a s2s\nlast=\u00fc\n",
        "# pinned = no\nlimits.pinned = 3\npinned = b component\nlast=\u00fc\n");
  }

  @Test
  void keyShouldComeLastWhenItIsNotThere() throws IOException {
    expect("one = 1\n#pinned", "one = 1\n#pinned\npinned = b component\n");
    expect("", "pinned = b component\n");
  }

  @Test
  void keyShouldBeSetOnceWhenItIsThereInManyLines() throws IOException {
    expect(
        "pinned: a \\\n  s2s, \\\npinned = c\none = 1\npinned\npinnedtoo = 2\n",
        "pinned = b component\none = 1\npinnedtoo = 2\n");
    expect("one = 1\\\npinned = 2\n", "one = 1\\\npinned = 2\npinned = b component\n");
    expect("one = 1\\\\\npinned = 2\n", "one = 1\\\\\npinned = b component\n");
  }

  @Test
  void fileShouldKeepItsPermissionsAndItsLink() throws IOException {
    Path file = Files.writeString(folder.resolve("real.cfg"), "pinned =\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.cfg"), file);
    new ConfigurationFile(link).set("pinned", "b");
    assertThat(link).isSymbolicLink();
    assertThat(file).content().isEqualTo("pinned = b\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void nothingShouldBeWrittenWhenThereIsNoFileOrMoreThanALine() throws IOException {
    ConfigurationFile missing = new ConfigurationFile(folder.resolve("missing.cfg"));
    assertThatThrownBy(() -> missing.set("pinned", "b")).isInstanceOf(NoSuchFileException.class);
    for (String lines : new String[] {"b\nc = d", "b\n", "b\r"}) {
      assertThatThrownBy(() -> missing.set("pinned", lines))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the value of pinned has more than one line");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private void expect(String before, String after) throws IOException {
    Path file = folder.resolve("a.cfg");
    Files.writeString(file, before, StandardCharsets.UTF_8);
    new ConfigurationFile(file).set("pinned", "b component");
    assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(after);
  }
}
