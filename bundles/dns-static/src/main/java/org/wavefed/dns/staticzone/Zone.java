// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.staticzone;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.SrvRecord;

/**
 * Records by name, read from lines as a zone file has them: {@code name SRV priority weight port
 * target}, {@code name A address}, {@code name AAAA address}, {@code name CNAME target}. Immutable.
 */
final class Zone {
  /** A record's content. */
  sealed interface Data {
    record Service(SrvRecord srv) implements Data {}

    record Address(InetAddress address) implements Data {}

    record Alias(String target) implements Data {}
  }

  /** Where an operator finds the records. */
  static final String FILE = "org.wavefed.dns.static.cfg";

  private static final int NAME_LENGTH_MAX = 253;

  private final Map<String, List<Data>> records;
  private final Set<String> names = new HashSet<>();

  private Zone(Map<String, List<Data>> records) {
    this.records = records;
    records.keySet().forEach(this::addWithParents);
  }

  private void addWithParents(String name) {
    for (String parent = name; names.add(parent) && parent.indexOf('.') > 0; ) {
      parent = parent.substring(parent.indexOf('.') + 1);
    }
  }

  /**
   * @param text records separated by commas or line ends
   * @throws IllegalArgumentException with one line for the operator, if a record cannot be read
   */
  static Zone parse(String text) {
    Map<String, List<Data>> records = new LinkedHashMap<>();
    for (String line : text.split("[,\n]", -1)) {
      if (!line.isBlank()) {
        String[] words = line.strip().split("\\s+", -1);
        records
            .computeIfAbsent(owner(line, words), name -> new ArrayList<>())
            .add(data(line, words));
      }
    }
    return new Zone(records);
  }

  /** Whether the name exists: it has records, or a name below it has (RFC 8020). */
  boolean has(String name) {
    return names.contains(name);
  }

  /** The records of a name; empty if there are none. */
  List<Data> at(String name) {
    return records.getOrDefault(name, List.of());
  }

  /** Every name with its records. */
  Map<String, List<Data>> all() {
    return records;
  }

  /**
   * A name as it is compared: ASCII, lower case, without the dot at its end.
   *
   * @throws IllegalArgumentException if it cannot be a domain name
   */
  static String name(String text) {
    String ascii = IDN.toASCII(text.strip(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
      throw new IllegalArgumentException(name.isEmpty() ? "empty" : "too long");
    }
    return name;
  }

  private static String owner(String line, String[] words) {
    try {
      return name(words[0]);
    } catch (IllegalArgumentException e) {
      throw unreadable(line, e);
    }
  }

  private static Data data(String line, String[] words) {
    String type = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
    if (words.length != (type.equals("SRV") ? 6 : 3)) {
      throw unreadable(line, null);
    }
    try {
      return switch (type) {
        case "SRV" -> new Data.Service(service(words));
        case "A" -> new Data.Address(address(words[2], 4));
        case "AAAA" -> new Data.Address(address(words[2], 16));
        case "CNAME" -> new Data.Alias(name(words[2]));
        default -> throw unreadable(line, null);
      };
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw unreadable(line, e);
    }
  }

  private static SrvRecord service(String[] words) {
    return new SrvRecord(
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        words[5].equals(".") ? "" : name(words[5]));
  }

  private static InetAddress address(String text, int length) throws UnknownHostException {
    if (!text.matches("[0-9]+([.][0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException(text);
    }
    InetAddress address = InetAddress.getByName(text);
    if (address.getAddress().length != length) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  private static IllegalArgumentException unreadable(String line, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "records in etc/"
            + FILE
            + ": cannot read '"
            + line.strip()
            + "'; write NAME SRV PRIORITY WEIGHT PORT TARGET, NAME A ADDRESS, NAME AAAA ADDRESS or"
            + " NAME CNAME TARGET",
        cause);
  }
}
