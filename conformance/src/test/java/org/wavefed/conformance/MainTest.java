// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  private static final List<String> FILES =
      List.of(
          "delta-hash.jsonl",
          "docop-apply.jsonl",
          "docop-compose.jsonl",
          "docop-invert.jsonl",
          "docop-transform.jsonl",
          "docop-wire.jsonl",
          "ids.jsonl",
          "signer.jsonl",
          "wavelet-transform.jsonl");

  /** Fields whose change a rule or the meaning of the field hides. */
  private static final Pattern SMALL_CHANGE =
      Pattern.compile("\"(composed|clientPrime|inverse|result)\": ?\\[\\{");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private String lastLine() {
    return out.toString(UTF_8).lines().reduce((first, second) -> second).orElse("");
  }

  private static String vectors(String file) throws IOException {
    return resource("/vectors/" + file);
  }

  private static String capture(String file) throws IOException {
    return resource("/captures/" + file);
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = MainTest.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), UTF_8);
    }
  }

  @Test
  void vectorsOfTheOriginalShouldPass() throws IOException {
    long count = 0;
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), vectors(file));
      count += vectors(file).lines().count();
    }

    assertThat(run("vectors", folder.toString())).as(out.toString(UTF_8)).isZero();
    Matcher sums = Pattern.compile("(\\d+) passed, 0 failed, (\\d+) skipped").matcher(lastLine());
    assertThat(sums.matches()).as(lastLine()).isTrue();
    assertThat(Long.parseLong(sums.group(1)) + Long.parseLong(sums.group(2))).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docop-apply.jsonl",
        "docop-compose.jsonl",
        "docop-invert.jsonl",
        "docop-transform.jsonl"
      })
  void everyCaseShouldFailWhenItsAnswerIsChanged(String file) throws IOException {
    List<String> changed =
        vectors(file)
            .lines()
            .filter(line -> SMALL_CHANGE.matcher(line).find())
            .filter(line -> !line.contains("mismatch") && !line.contains("applyError"))
            .map(line -> SMALL_CHANGE.matcher(line).replaceFirst("\"$1\": [{\"retain\":1},{"))
            .toList();
    Files.write(folder.resolve(file), changed);

    assertThat(run("vectors", folder.toString())).isEqualTo(1);
    assertThat(changed).isNotEmpty();
    assertThat(lastLine()).isEqualTo("0 passed, " + changed.size() + " failed");
  }

  @Test
  void capturesShouldPassOrBeRefusedWithTheErrorThatIsShown() throws IOException {
    String submit = capture("041-b-sent-iq-set-submit-request.xml");
    Files.writeString(folder.resolve("1-good.xml"), submit);
    Files.writeString(
        folder.resolve("2-bad.xml"), submit.replace("wavelet-name=\"wave://", "wavelet-name=\""));
    Files.writeString(folder.resolve("dump.txt"), "no stanza");

    assertThat(run("captures", folder.toString())).isZero();
    assertThat(out.toString(UTF_8))
        .doesNotContain("1-good.xml")
        .contains("REFUSED 2-bad.xml", "type=\"error\"", "<bad-request");
    assertThat(lastLine()).isEqualTo("2 passed, 0 failed");
  }

  @Test
  void stanzasShouldDifferInWhatMatters() throws Exception {
    String stanza = "<iq id='1'><q xmlns='x' a='1' b='2'>t</q></iq>";

    assertThat(
            XmlEquality.difference(
                stanza,
                "<s:iq xmlns:s='jabber:client' id='1'> <q b='2' a='1' xmlns='x'><![CDATA[t]]></q></s:iq>"))
        .isEmpty();
    for (String other :
        List.of(
            stanza.replace("'1'>", "'2'>"),
            stanza.replace("b='2'", ""),
            stanza.replace(">t<", ">u<"),
            stanza.replace("xmlns='x'", "xmlns='y'"),
            stanza.replace("</iq>", "<z/></iq>"))) {
      assertThat(XmlEquality.difference(stanza, other)).as(other).isPresent();
    }
  }

  @Test
  void unknownThingsShouldFail() throws IOException {
    String known = vectors("ids.jsonl").lines().findFirst().orElseThrow();
    Files.write(
        folder.resolve("new.jsonl"),
        Stream.of(
                "{\"id\":\"x-1\",\"kind\":\"novel\",\"name\":\"of a new kind\"}",
                "{\"id\":\"x-2\"",
                "",
                known,
                known.replaceFirst("\\{", "{\"novelty\":1,"))
            .toList());
    Files.writeString(folder.resolve("notes.txt"), "x");
    Files.writeString(folder.resolve("README.md"), "x");

    assertThat(run("vectors", folder.toString())).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("FAILED x-1 (new.jsonl:1) of a new kind", "unknown kind 'novel'")
        .contains("novelty")
        .contains("FAILED notes.txt");
    assertThat(lastLine()).isEqualTo("1 passed, 5 failed");
  }

  @Test
  void wrongUseShouldExitWithTwo() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(run("vectors")).isEqualTo(2);
    assertThat(run("vectors", folder.resolve("missing").toString())).isEqualTo(2);
    assertThat(run("vectors", folder.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("is no folder", "has no vectors");
  }

  @Test
  void helpShouldExitWithZero() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("conformance/run vectors DIR");
  }

  @Test
  void everyDifferenceShouldBeDocumented() throws IOException {
    String documented = Files.readString(Path.of("DIFFERENCES.md"));
    for (Difference rule : Difference.values()) {
      assertThat(documented).contains("| `" + rule + "` |");
    }
  }
}
