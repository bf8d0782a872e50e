// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.wavefed.configuration.ConfigurationFile;
import org.wavefed.model.id.IdSyntax;

/** The pinned transports as the configuration has them: {@code DOMAIN KIND, DOMAIN KIND}. */
final class Pins {
  private static final String PID = "org.wavefed.server";
  private static final String KEY = "transports.pinned";

  /** Where Felix File Install says which file a configuration comes from. */
  private static final String FILE = "felix.fileinstall.filename";

  private static final Pattern KIND = Pattern.compile("[a-z0-9-]+");

  private Pins() {}

  /**
   * Reads them, by domain.
   *
   * @throws IllegalArgumentException with one line for the operator
   */
  static Map<String, String> parse(String configured) {
    Map<String, String> pins = new TreeMap<>();
    for (String entry : configured.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (!entry.isBlank()) {
        String[] words = entry.strip().split("\\s+", -1);
        if (words.length != 2) {
          throw fault(entry.strip(), "DOMAIN KIND such as initech.example s2s");
        }
        pins.put(domain(words[0]), kind(words[1]));
      }
    }
    return pins;
  }

  private static String domain(String text) {
    if (!IdSyntax.isDomain(text)) {
      throw fault(text, "a domain such as initech.example");
    }
    return text;
  }

  private static String kind(String text) {
    if (!KIND.matcher(text).matches()) {
      throw fault(text, "a kind of transport such as s2s or component");
    }
    return text;
  }

  private static IllegalArgumentException fault(String text, String wanted) {
    return new IllegalArgumentException(
        KEY + " in etc/" + PID + ".cfg: '" + text + "' is not " + wanted);
  }

  private static String text(Map<String, String> pins) {
    return pins.entrySet().stream()
        .map(pin -> pin.getKey() + " " + pin.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * Changes the pin of one peer in the configuration; everything else in it stays.
   *
   * @param kind the kind, or empty for no pin
   * @throws IllegalArgumentException if there is no such domain or kind, in one line
   * @throws IllegalStateException if it cannot be written, in one line
   */
  static void write(
      @Nullable ConfigurationAdmin configurations, String peerDomain, Optional<String> kind) {
    if (configurations == null) {
      throw new IllegalStateException(
          "pins are kept in the configuration, and there is no configuration service");
    }
    String domain = domain(peerDomain.toLowerCase(Locale.ROOT));
    try {
      Configuration configuration = configurations.getConfiguration(PID, "?");
      Dictionary<String, Object> properties = configuration.getProperties();
      Dictionary<String, Object> changed = properties == null ? new Hashtable<>() : properties;
      Object before = changed.get(KEY);
      Map<String, String> pins = parse(before == null ? "" : before.toString());
      kind.map(Pins::kind)
          .ifPresentOrElse(chosen -> pins.put(domain, chosen), () -> pins.remove(domain));
      changed.put(KEY, text(pins));
      save(changed.get(FILE), text(pins));
      configuration.update(changed);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the pins cannot be written to etc/" + PID + ".cfg: " + e.getMessage(), e);
    }
  }

  /** What is in the file wins at the next start. Not everywhere a file is behind it. */
  private static void save(@Nullable Object file, String pins) throws IOException {
    if (file != null) {
      new ConfigurationFile(Path.of(URI.create(file.toString()))).set(KEY, pins);
    }
  }
}
