// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.WaveletCopy.Applied;

/** What a host of the original sent to a remote of the original, in pushes and as history. */
final class CapturedHistoryTest {
  private static final List<String> SENT_BY_THE_HOST =
      List.of(
          "011-a-sent-message-normal-applied-delta.xml",
          "029-a-sent-iq-result-history-response.xml",
          "033-a-sent-iq-result-history-response.xml",
          "043-a-sent-message-normal-applied-delta.xml",
          "053-a-sent-message-normal-applied-delta.xml",
          "067-a-sent-message-normal-applied-delta.xml",
          "083-a-sent-message-normal-applied-delta.xml");

  private static final Pattern APPLIED_DELTA =
      Pattern.compile("<applied-delta[^>]*><!\\[CDATA\\[([^]]+)]]>");

  private static String resource(String path) throws IOException {
    try (InputStream in = CapturedHistoryTest.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), UTF_8);
    }
  }

  private static Iterable<AppliedDelta> history() throws Exception {
    TreeMap<Long, AppliedDelta> byVersion = new TreeMap<>();
    for (String file : SENT_BY_THE_HOST) {
      Matcher found = APPLIED_DELTA.matcher(resource("/captures/" + file));
      while (found.find()) {
        Bytes message = Bytes.wrap(Base64.getDecoder().decode(found.group(1)));
        AppliedDelta delta = AppliedDelta.parse(message);
        byVersion.put(delta.appliedAt().version(), delta);
      }
    }
    return byVersion.values();
  }

  private static String dump(WaveletCopy copy) {
    WaveletState state = copy.state();
    List<String> lines = new ArrayList<>();
    lines.add("wavelet " + copy.name().toUri());
    lines.add("creator " + state.creator().orElseThrow());
    lines.add("version " + copy.version().version());
    lines.add("hash " + copy.version().historyHash());
    state.participants().forEach(participant -> lines.add("participant " + participant));
    for (String id : state.documentIds()) {
      lines.add("doc " + id + " " + state.document(id).orElseThrow().toXml());
    }
    return String.join("\n", lines);
  }

  @Test
  void replayShouldEndWhereBothServersEnded() throws Exception {
    WaveletCopy copy =
        WaveletCopy.empty(WaveletName.parseUri("wave://a.test/w+3y4xsv8jli91A/conv+root"));
    List<LoggedDelta> since = new ArrayList<>();

    for (AppliedDelta delta : history()) {
      Applied applied = (Applied) copy.replay(delta, since);
      since.add(applied.delta());
      copy = applied.copy();
    }

    assertThat(dump(copy)).isEqualTo(resource("/captured-end.txt").strip());
  }
}
