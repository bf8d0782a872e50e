// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a page shows with what came out. Times, durations, versions of software and the
 * server's folder may differ. Ids and hashes may differ too, but one on the page stands for the
 * same one all the time. A line {@code ...} on the page stands for any number of lines. For one
 * thread.
 */
final class DocumentedOutput {
  private static final Pattern NAME =
      Pattern.compile("\\b[wbt]\\+[\\w-]{6,12}(?![\\w-])|[A-Za-z0-9+/]{27}=");
  private static final Map<Pattern, String> VARIES = new LinkedHashMap<>();

  static {
    varies("\\d{4}-\\d\\d-\\d\\d", "\\d{4}-\\d\\d-\\d\\d");
    varies("\\d\\d:\\d\\d:\\d\\d", "\\d\\d:\\d\\d:\\d\\d");
    varies("\\d+(\\.\\d+){2}(\\.SNAPSHOT)?", "\\d+(\\.\\d+){2}(\\.\\w+)?");
    varies(" \\(found in [\\d.]+ ms\\)", "( \\(found in [\\d.]+ ms\\))?");
    varies("[\\d./]+ ms", "[\\d./]+ ms");
    varies("NXDomain in A+ lookup", "NXDomain in A+ lookup");
    varies("/srv/wavefed/", "/\\S+/wavefed/");
  }

  /** What stands on the page, and what it stands for. */
  private final Map<String, String> names = new HashMap<>();

  private static void varies(String shown, String seen) {
    VARIES.put(Pattern.compile(shown), seen);
  }

  /** A command of the page with the names of this run. */
  String command(String shown) {
    return NAME.matcher(shown)
        .replaceAll(
            name -> Matcher.quoteReplacement(names.getOrDefault(name.group(), name.group())));
  }

  /** What differs first; empty, and the names are kept, if it is what the page shows. */
  Optional<String> difference(List<String> shown, List<String> seen) {
    Map<String, String> before = Map.copyOf(names);
    Optional<String> difference = lines(shown, seen);
    if (difference.isPresent()) {
      names.clear();
      names.putAll(before);
    }
    return difference;
  }

  private Optional<String> lines(List<String> shown, List<String> seen) {
    int at = 0;
    boolean skips = false;
    for (String line : shown) {
      if (line.equals("...")) {
        skips = true;
        continue;
      }
      while (skips && at < seen.size() && !same(line, seen.get(at))) {
        at++;
      }
      if (at == seen.size() || !same(line, seen.get(at))) {
        return Optional.of(told(line, at == seen.size() ? "(nothing)" : seen.get(at), seen));
      }
      skips = false;
      at++;
    }
    return at == seen.size() || skips
        ? Optional.empty()
        : Optional.of(told("(nothing)", seen.get(at), seen));
  }

  private static String told(String shown, String seen, List<String> all) {
    return "The page shows\n  "
        + shown
        + "\nwhere there is\n  "
        + seen
        + "\nin\n"
        + String.join("\n", all);
  }

  private boolean same(String shown, String seen) {
    List<String> unknown = new ArrayList<>();
    Matcher found = Pattern.compile(pattern(shown, unknown)).matcher(blanks(shown, seen));
    if (!found.matches()) {
      return false;
    }
    for (int i = 0; i < unknown.size(); i++) {
      names.put(unknown.get(i), found.group("name" + i));
    }
    return true;
  }

  /** Columns are as wide as what they hold. */
  private static String blanks(String shown, String line) {
    boolean table = shown.contains(" | ") || shown.contains("-+-");
    return table
        ? line.replaceAll("-{2,}", "--").replaceAll(" +", " ").stripTrailing()
        : line.stripTrailing();
  }

  private String pattern(String shown, List<String> unknown) {
    String line = blanks(shown, shown);
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    for (Matcher name = NAME.matcher(line); name.find(); from = name.end()) {
      pattern.append(varying(line.substring(from, name.start())));
      pattern.append(name(name.group(), unknown));
    }
    return pattern.append(varying(line.substring(from))).toString();
  }

  private String name(String shown, List<String> unknown) {
    if (names.containsKey(shown)) {
      return Pattern.quote(names.get(shown));
    }
    if (unknown.contains(shown)) {
      return "\\k<name" + unknown.indexOf(shown) + ">";
    }
    unknown.add(shown);
    return "(?<name" + (unknown.size() - 1) + ">" + NAME.pattern() + ")";
  }

  /** The text as a pattern in which what varies may vary. */
  private static String varying(String text) {
    Optional<Map.Entry<MatchResult, String>> first =
        VARIES.entrySet().stream()
            .flatMap(
                one ->
                    one.getKey()
                        .matcher(text)
                        .results()
                        .limit(1)
                        .map(found -> Map.entry(found, one.getValue())))
            .findFirst();
    return first
        .map(
            one ->
                varying(text.substring(0, one.getKey().start()))
                    + one.getValue()
                    + varying(text.substring(one.getKey().end())))
        .orElseGet(() -> text.isEmpty() ? "" : Pattern.quote(text));
  }

  /** The lines of what a command printed, without colours. */
  static List<String> linesOf(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(text.replaceAll("\u001B\\[[\\d;]*m", "").split("\n", -1))
        .map(String::stripTrailing)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
