// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A configuration file as an operator has written it, {@code key = value} in each line ({@link
 * java.util.Properties}).
 *
 * @param path where it is; a link is followed
 */
public record ConfigurationFile(Path path) {
  /**
   * Sets one key and leaves every other line, comments too, as it is; a key that is not there comes
   * at the end. The file is on the disk when this returns, whole before and whole after.
   *
   * @param value without line breaks
   * @throws IllegalArgumentException if the value has more lines than one
   * @throws IOException if there is no such file, or it cannot be replaced; then it is as before
   */
  public void set(String key, String value) throws IOException {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the value of " + key + " has more than one line");
    }
    String line = key + " = " + value.replace("\\", "\\\\");
    // Every byte is a letter in Latin 1: what is not ours stays, whatever it is written in.
    String text =
        String.join("\n", with(line, key, Files.readAllLines(path, StandardCharsets.ISO_8859_1)));
    replace(text + "\n");
  }

  private static List<String> with(String line, String key, List<String> before) {
    Pattern ours = Pattern.compile("\\s*" + Pattern.quote(key) + "(\\s*[=:].*|\\s.*|)");
    List<String> after = new ArrayList<>();
    boolean written = false;
    boolean dropping = false;
    boolean continued = false;
    for (String present : before) {
      if (!continued) {
        dropping = ours.matcher(present).matches();
        if (dropping && !written) {
          after.add(line);
          written = true;
        }
      }
      if (!dropping) {
        after.add(present);
      }
      continued = goesOn(present, continued);
    }
    if (!written) {
      after.add(line);
    }
    return after;
  }

  /** Whether the next line belongs to this one: it ends with a backslash that stands for itself. */
  private static boolean goesOn(String line, boolean continued) {
    String stripped = line.stripLeading();
    if (!continued && (stripped.startsWith("#") || stripped.startsWith("!"))) {
      return false;
    }
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private void replace(String text) throws IOException {
    Path file = path.toRealPath();
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      // With the permissions of the file.
      Files.copy(
          file, next, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel =
          FileChannel.open(next, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(file.getParent())) {
        folder.force(true);
      }
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
