// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.WaveletCopy.Applied;
import org.wavefed.protocol.WaveletCopy.Duplicate;
import org.wavefed.protocol.WaveletCopy.Outcome;

/** Plays the sequences of the original's containers, as host and as remote. */
final class DeltaHashVectorsTest {
  private WaveletCopy copy =
      WaveletCopy.empty(WaveletName.parseUri("wave://a.example/w+x/conv+root"));
  private final List<LoggedDelta> history = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> hostShouldDoWhatTheOriginalDoes() throws IOException {
    return sequences(
        "always",
        sequence -> sequence.get("deltas").forEach(delta -> unchecked(() -> host(delta))));
  }

  @TestFactory
  Stream<DynamicTest> remoteShouldDoWhatTheOriginalDoes() throws IOException {
    return Stream.concat(
        sequences("always", this::replayAll), sequences("minimal", this::replayAll));
  }

  private interface Play {
    void play(JsonNode sequence);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void unchecked(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Stream<DynamicTest> sequences(String form, Play play) throws IOException {
    return Vectors.read("delta-hash.jsonl").stream()
        .filter(sequence -> sequence.get("appliedAtForm").asText().equals(form))
        .map(
            sequence ->
                DynamicTest.dynamicTest(
                    sequence.get("name").asText(),
                    () -> {
                      start(sequence);
                      play.play(sequence);
                      end(sequence);
                    }));
  }

  private void start(JsonNode sequence) {
    copy = WaveletCopy.empty(WaveletName.parseUri(sequence.get("uri").asText()));
    history.clear();
    assertThat(copy.version()).isEqualTo(Vectors.version(sequence.get("versionZero")));
  }

  private void end(JsonNode sequence) {
    assertThat(copy.version()).isEqualTo(Vectors.version(sequence.get("finalVersion")));
    JsonNode state = sequence.get("finalState");
    assertThat(copy.state().version()).isEqualTo(state.get("version").asLong());
    assertThat(copy.state().lastModifiedTime()).isEqualTo(state.get("lastModifiedTime").asLong());
    assertThat(copy.state().participants().stream().map(Object::toString))
        .containsExactlyElementsOf(
            state.get("participants").valueStream().map(JsonNode::asText).toList());
  }

  private void host(JsonNode expected) throws Exception {
    if (expected.get("outcome").asText().equals("rejected")) {
      assertThatThrownBy(() -> host(expected, history))
          .isInstanceOfAny(DeltaRejectedException.class, MalformedMessageException.class);
      return;
    }
    Outcome outcome = host(expected, history);
    checkDelta(expected, outcome.delta());
    if (outcome instanceof Applied applied) {
      assertThat(expected.get("outcome").asText()).isEqualTo("applied");
      append(applied);
    } else {
      assertThat(outcome).isInstanceOf(Duplicate.class);
      assertThat(expected.get("outcome").asText()).isEqualTo("duplicate");
    }
  }

  private Outcome host(JsonNode delta, List<LoggedDelta> since) throws Exception {
    SignedDelta signed = SignedDelta.parse(Vectors.bytes(delta.get("signedDeltaPb")));
    assertThat(signed.delta()).isEqualTo(Vectors.bytes(delta.get("deltaPb")));
    return copy.host(
        signed, WaveletDeltaCodec.parse(signed.delta()), since, delta.get("timestamp").asLong());
  }

  private void replayAll(JsonNode sequence) {
    for (JsonNode delta : sequence.get("deltas")) {
      if (delta.get("outcome").asText().equals("applied")) {
        unchecked(() -> replay(delta));
      }
    }
  }

  private void replay(JsonNode expected) throws Exception {
    AppliedDelta delta = AppliedDelta.parse(Vectors.bytes(expected.get("appliedDeltaPb")));
    assertThat(delta.declaredAppliedAt().isPresent())
        .isEqualTo(expected.get("hasHashedVersionAppliedAt").asBoolean());
    Applied applied = (Applied) copy.replay(delta, history);
    checkDelta(expected, applied.delta());
    append(applied);
    assertThat(copy.replay(delta, history)).isEqualTo(new Duplicate(applied.delta()));
  }

  private static void checkDelta(JsonNode expected, LoggedDelta delta) throws Exception {
    assertThat(delta.applied()).isEqualTo(Vectors.bytes(expected.get("appliedDeltaPb")));
    assertThat(delta.appliedAt()).isEqualTo(Vectors.version(expected.get("appliedAt")));
    assertThat(delta.resulting()).isEqualTo(Vectors.version(expected.get("resulting")));
    assertThat(delta.operations()).hasSize(expected.get("operationsApplied").asInt());
    HashedVersion at = delta.appliedAt();
    Optional<Bytes> transformed = delta.transformed();
    assertThat(LoggedDelta.read(delta.applied(), at, delta.resulting(), transformed))
        .isEqualTo(delta);
  }

  private void append(Applied applied) {
    copy = applied.copy();
    history.add(applied.delta());
  }
}
