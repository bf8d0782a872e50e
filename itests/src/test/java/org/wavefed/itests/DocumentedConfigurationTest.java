// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** What the guides name is there: configuration, files, commands and their options. */
public class DocumentedConfigurationTest {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("wavefed.checkout")).toAbsolutePath().normalize();
  private static final Path CFG = CHECKOUT.resolve("features/src/main/cfg");
  private static final Path COMMANDS =
      CHECKOUT.resolve("bundles/shell/src/main/java/org/wavefed/shell/command");

  /** What blocks that people copy begin with, and what runs them. */
  private static final Map<String, String> RUN_BY =
      Map.ofEntries(
          Map.entry("README.md: ./quickstart", "itests: QuickstartIT"),
          Map.entry("README.md: The copy of", "itests: QuickstartIT"),
          Map.entry("README.md: ./test", ".ci: run"),
          Map.entry("operations.md: WAVEFED_DOMAINS=", "itests: DocumentsIT"),
          Map.entry("operations.md: feature:install wavefed-store-memory", "itests: SwapIT"),
          Map.entry("operations.md: feature:install wavefed-store-rocksdb", "itests: StoreCopyIT"),
          Map.entry(
              "operations.md: feature:install wavefed-transport", "itests: SwapsWhileTypingIT"),
          Map.entry("operations.md: feature:repo-add", "itests: StockKarafIT"),
          Map.entry("s2s.md: mkdir", "itests: DocumentedS2sIT"),
          Map.entry("s2s.md: domains =", "itests: DocumentedS2sIT"),
          Map.entry("s2s.md: _xmpp-server._tcp", "itests: DocumentedS2sIT"),
          Map.entry("s2s.md: wave:ping", "itests: DocumentedS2sIT"),
          Map.entry("prosody.md: feature:install", "itests: TransportChangeIT"),
          Map.entry("ejabberd.md: feature:install", "itests: TransportChangeIT"),
          Map.entry("ejabberd.md: hosts:", "transport-component: EjabberdTest"),
          Map.entry("ejabberd.md: domain =", "itests: DocumentedConsoleIT"),
          Map.entry("ejabberd.md: _xmpp-server._tcp", "itests: DocumentsIT"),
          Map.entry("ejabberd.md: wave:ping", "itests: DocumentedConsoleIT"),
          Map.entry("prosody.md: modules_enabled", "itests: DocumentedConsoleIT"),
          Map.entry("prosody.md: domain =", "itests: DocumentedConsoleIT"),
          Map.entry("prosody.md: _xmpp-server._tcp", "itests: DocumentsIT"),
          Map.entry("prosody.md: wave:ping", "itests: DocumentedConsoleIT"),
          Map.entry("certificates.md: openssl", "crypto-x509: DocumentedCommandsTest"),
          Map.entry("s2s.md: wave@", "itests: DocumentedS2sIT"),
          Map.entry("console.md: echo", "itests: DocumentedConsoleIT"),
          Map.entry("console.md: wave@", "itests: DocumentedConsoleIT"));

  private static final Set<String> GUIDES =
      Set.of(
          "README.md",
          "operations.md",
          "s2s.md",
          "prosody.md",
          "ejabberd.md",
          "certificates.md",
          "console.md");

  @Test
  public void everyBlockOfTheGuidesShouldBeRunByATest() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path page : pages()) {
      String name = page.getFileName().toString();
      if (GUIDES.contains(name) && !page.endsWith("docs/README.md")) {
        for (String block : blocks(Files.readString(page))) {
          String start = name + ": " + block;
          List<String> known = RUN_BY.keySet().stream().filter(start::startsWith).toList();
          assertThat(known).as("what runs this block of " + name + ":\n" + block).hasSize(1);
          used.addAll(known);
        }
      }
    }
    assertThat(used).isEqualTo(RUN_BY.keySet());
  }

  @Test
  public void everyTestThatRunsABlockShouldBeThere() throws IOException {
    for (String test : Set.copyOf(RUN_BY.values())) {
      String[] place = test.split(": ");
      Path room =
          Stream.of(place[0], "bundles/" + place[0])
              .map(CHECKOUT::resolve)
              .filter(Files::isDirectory)
              .findFirst()
              .orElseThrow();
      Path sources = room.resolve("src/test/java");
      try (Stream<Path> files = Files.walk(Files.isDirectory(sources) ? sources : room)) {
        assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", "")))
            .contains(place[1]);
      }
    }
  }

  @Test
  public void everyConfigurationFileThatPagesNameShouldBeThere() throws IOException {
    for (Path page : pages()) {
      Matcher name =
          Pattern.compile("org\\.wavefed\\.[\\w.-]+\\.cfg").matcher(Files.readString(page));
      while (name.find()) {
        assertThat(CFG.resolve(name.group().replace("-NAME", "-default"))).as(page + "").exists();
      }
    }
  }

  @Test
  public void everyKeyThatPagesNameShouldBeThere() throws IOException {
    Map<String, Set<String>> keys = keys();
    Set<String> beginnings =
        keys.keySet().stream()
            .filter(key -> key.contains("."))
            .map(key -> key.substring(0, key.indexOf('.') + 1))
            .collect(Collectors.toSet());
    for (Path page : pages()) {
      for (String code : code(Files.readString(page))) {
        Matcher key = Pattern.compile("([a-z]+(?:\\.[a-z]+)*)( = .*)?").matcher(code);
        boolean claims =
            key.matches()
                && (beginnings.stream().anyMatch(code::startsWith)
                    || (key.group(2) != null && key.group(1).contains(".")));
        if (claims) {
          assertThat(keys).as(page + ": " + code).containsKey(key.group(1));
        }
      }
    }
  }

  @Test
  public void tablesOfKeysShouldHaveTheirDefaults() throws IOException {
    Map<String, Set<String>> keys = keys();
    int found = 0;
    for (Path page : pages()) {
      Matcher table =
          Pattern.compile("(?m)^\\| key \\| default \\|.*\n\\|[-|]+\n((?:\\|.*\n)+)")
              .matcher(Files.readString(page));
      while (table.find()) {
        for (String row : table.group(1).split("\n")) {
          expectKeys(page, row.split("\\|"), keys);
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(5);
  }

  /** A default that is told in words is not compared. */
  private static void expectKeys(Path page, String[] cells, Map<String, Set<String>> keys) {
    List<String> named = code(cells[1]);
    assertThat(keys).as(page.toString()).containsKeys(named.toArray(String[]::new));
    List<String> shown = code(cells[2]);
    if (named.size() == 1 && shown.size() == 1) {
      assertThat(keys.get(named.get(0))).as(page + ": " + named).contains(shown.get(0));
    }
  }

  @Test
  public void everyEnvironmentVariableThatPagesNameShouldBeRead() throws IOException {
    String readers =
        all(CFG, "")
            + all(CHECKOUT.resolve("karaf-distribution/src"), "")
            + all(CHECKOUT, "quickstart");
    for (Path page : pages()) {
      Matcher name = Pattern.compile("WAVEFED_[A-Z_]*[A-Z]").matcher(Files.readString(page));
      while (name.find()) {
        assertThat(readers).as(page + ": " + name.group()).contains(name.group());
      }
    }
  }

  @Test
  public void everyLinkShouldLeadSomewhere() throws IOException {
    for (Path page : pages()) {
      Matcher link = Pattern.compile("\\]\\(([^)\\s]+)\\)").matcher(Files.readString(page));
      while (link.find()) {
        if (!link.group(1).matches("[a-z]+:.*")) {
          expectTarget(page, link.group(1));
        }
      }
    }
  }

  private static void expectTarget(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    assertThat(target).as(page + ": " + link).exists();
    if (parts.length > 1) {
      assertThat(headings(target)).as(page + ": " + link).contains(parts[1]);
    }
  }

  /** The names by which headings can be reached. */
  private static List<String> headings(Path page) throws IOException {
    return Pattern.compile("(?m)^#+ (.*)$")
        .matcher(Files.readString(page))
        .results()
        .map(found -> found.group(1).toLowerCase().replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  public void everyFileOfTheSourcesThatPagesNameShouldBeThere() throws IOException {
    Pattern source =
        Pattern.compile(
            "(?:\\./)?((?:bundles|features|karaf-distribution|lab|itests|testkit|conformance"
                + "|benchmarks|docs|quickstart|test)(?:/[\\w./-]*)?)( .*)?");
    for (Path page : pages()) {
      for (String code : code(Files.readString(page))) {
        Matcher path = source.matcher(code);
        boolean isPath = path.matches() && (code.contains("/") || code.startsWith("./"));
        if (isPath && !path.group(1).contains("/target/")) {
          assertThat(CHECKOUT.resolve(path.group(1))).as(page + ": " + code).exists();
        }
      }
    }
  }

  @Test
  public void everyCommandThatPagesNameShouldKnowTheOptionsShown() throws IOException {
    Map<String, Set<String>> commands = commandsWithOptions();
    int found = 0;
    for (Path page : pages()) {
      Matcher command =
          Pattern.compile("\\bwave:([\\w-]+)([^`\n|;']*)").matcher(Files.readString(page));
      while (command.find()) {
        String shown = page + ": " + command.group();
        assertThat(commands).as(shown).containsKey(command.group(1));
        assertThat(commands.get(command.group(1))).as(shown).containsAll(options(command.group(2)));
        found++;
      }
    }
    assertThat(found).isGreaterThan(40);
  }

  @Test
  public void everyOptionInTheSectionOfACommandShouldBeKnownToIt() throws IOException {
    Map<String, Set<String>> commands = commandsWithOptions();
    String page = Files.readString(CHECKOUT.resolve("docs/console.md"));
    Set<String> sections = new TreeSet<>();
    for (String section : page.split("(?m)^##+ ")) {
      List<String> names =
          Pattern.compile("wave:([\\w-]+)")
              .matcher(section.lines().findFirst().orElse(""))
              .results()
              .map((MatchResult name) -> name.group(1))
              .toList();
      sections.addAll(names);
      Set<String> known = new TreeSet<>();
      names.forEach(name -> known.addAll(commands.getOrDefault(name, Set.of())));
      for (String code : code(section)) {
        if (!names.isEmpty() && code.startsWith("-")) {
          assertThat(known).as(names + ": " + code).contains(code.split(" ")[0]);
        }
      }
    }
    assertThat(sections).as("commands with a section").isEqualTo(commands.keySet());
  }

  private static List<String> options(String words) {
    String unquoted = words.replaceAll("\"[^\"]*\"", "");
    return Pattern.compile("(?<= )(-[a-zA-Z]|--[a-z][a-z-]*)(?= |$)")
        .matcher(unquoted)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** As the annotations in the sources have them. */
  private static Map<String, Set<String>> commandsWithOptions() throws IOException {
    Map<String, Set<String>> commands = new TreeMap<>();
    try (Stream<Path> files = Files.list(COMMANDS)) {
      for (Path file : files.toList()) {
        String source = Files.readString(file);
        Matcher name = Pattern.compile("@Command\\([^)]*?name = \"([\\w-]+)\"").matcher(source);
        if (name.find()) {
          Set<String> options = optionsIn(source);
          options.add("--help");
          Matcher parent = Pattern.compile("class \\w+ extends (\\w+)").matcher(source);
          assertThat(parent.find()).as(file + "").isTrue();
          options.addAll(optionsIn(Files.readString(COMMANDS.resolve(parent.group(1) + ".java"))));
          commands.put(name.group(1), options);
        }
      }
    }
    return commands;
  }

  private static Set<String> optionsIn(String source) {
    return Pattern.compile("(?:name|aliases) = \"(-[\\w-]+)\"")
        .matcher(source)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every page for readers: of the whole, and of the documents. */
  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(CHECKOUT.resolve("README.md"));
    try (Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static List<String> blocks(String page) {
    return Pattern.compile("(?ms)^```\\w*\n(.*?)^```$")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** What stands in the text as code. */
  private static List<String> code(String page) {
    String text = page.replaceAll("(?ms)^```.*?^```$", "");
    return Pattern.compile("`([^`\n]+)`")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static Map<String, Set<String>> keys() throws IOException {
    Map<String, Set<String>> keys = new HashMap<>();
    Matcher line =
        Pattern.compile("(?m)^([a-z.]+) = \\$\\{env:\\w+:-(.*)}$").matcher(all(CFG, ".cfg"));
    while (line.find()) {
      keys.computeIfAbsent(line.group(1), key -> new TreeSet<>()).add(line.group(2));
    }
    return keys;
  }

  /** The text of all files whose name ends so: of a folder, or of what is below it. */
  private static String all(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder, folder.equals(CHECKOUT) ? 1 : 20)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(end)) {
          text.append(Files.readString(file)).append('\n');
        }
      }
      return text.toString();
    }
  }
}
