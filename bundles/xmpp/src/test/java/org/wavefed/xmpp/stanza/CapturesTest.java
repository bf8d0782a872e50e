// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that two servers of the original said to each other. */
class CapturesTest {
  @TestFactory
  Stream<DynamicTest> captureShouldBeReadAndWrittenEqual() throws Exception {
    Map<String, String> captures = captures();
    assertThat(captures).hasSize(88);
    return captures.entrySet().stream()
        .map(
            capture ->
                DynamicTest.dynamicTest(capture.getKey(), () -> roundTrip(capture.getValue())));
  }

  private static void roundTrip(String xml) throws BadStanzaException {
    ParsedStanza parsed = StanzaCodec.read(xml);
    assertThat(parsed).isInstanceOf(ParsedStanza.Accepted.class);
    Stanza stanza = ((ParsedStanza.Accepted) parsed).stanza();
    assertThat(StanzaCodec.write(stanza)).isEqualTo(Elements.parse(xml));
  }

  private static Map<String, String> captures() throws IOException, URISyntaxException {
    URI folder =
        Objects.requireNonNull(CapturesTest.class.getResource("/captures/README.md")).toURI();
    if (folder.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
        return read(jar.getPath("/captures"));
      }
    }
    return read(Objects.requireNonNull(Path.of(folder).getParent()));
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> captures = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          captures.put(file.getFileName().toString(), new String(in.readAllBytes(), UTF_8));
        }
      }
    }
    return captures;
  }
}
