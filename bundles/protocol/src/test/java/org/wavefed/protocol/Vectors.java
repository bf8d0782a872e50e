// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;

/** Reads the cases that the whole project uses. */
final class Vectors {
  private Vectors() {}

  static List<JsonNode> read(String file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file), file);
    List<JsonNode> cases = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        cases.add(mapper.readTree(line));
      }
    }
    return cases;
  }

  static Bytes bytes(JsonNode base64) {
    return Bytes.wrap(Base64.getDecoder().decode(base64.asText()));
  }

  static HashedVersion version(JsonNode version) {
    return new HashedVersion(version.get("version").asLong(), bytes(version.get("historyHash")));
  }
}
