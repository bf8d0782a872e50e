// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  @TempDir Path folder;

  private final FileWatch watch = new FileWatch();

  @Test
  void changeShouldBeToldOnceWhenTheFilesHaveComeToRest() throws Exception {
    Path certificate = Files.writeString(folder.resolve("a.crt"), "one");
    Path key = Files.writeString(folder.resolve("a.key"), "one");
    watch.watch(List.of(certificate, key));
    assertThat(watch.look()).isFalse();
    Files.writeString(certificate, "another");
    assertThat(watch.look()).as("it may be half of it").isFalse();
    Files.writeString(key, "another");
    assertThat(watch.look()).isFalse();
    assertThat(watch.look()).isTrue();
    assertThat(watch.look()).isFalse();
  }

  @Test
  void changeShouldBeSeenWhenALinkLeadsElsewhereOrAFileComesOrGoes() throws Exception {
    Files.writeString(folder.resolve("1.pem"), "old");
    Files.writeString(folder.resolve("2.pem"), "new");
    Path link = Files.createSymbolicLink(folder.resolve("live.pem"), Path.of("1.pem"));
    Path later = folder.resolve("later");
    watch.watch(List.of(link, later));
    Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of("2.pem"));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    assertThat(List.of(watch.look(), watch.look())).containsExactly(false, true);
    Files.writeString(later, "here");
    assertThat(List.of(watch.look(), watch.look())).containsExactly(false, true);
    Files.delete(later);
    assertThat(List.of(watch.look(), watch.look())).containsExactly(false, true);
  }
}
