// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveId;
import org.wavefed.model.id.WaveletId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.DeltaRejectedException.Reason;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.protocol.WaveletCopy.Applied;
import org.wavefed.protocol.WaveletCopy.Duplicate;
import org.wavefed.protocol.WaveletCopy.Outcome;
import org.wavefed.protocol.WaveletDeltaCodec;

/**
 * One wavelet from its creation, delta by delta: as its host, and as a remote that gets the applied
 * deltas of the vector.
 */
final class DeltaSequenceCheck {
  private static final Set<Reason> ILLEGAL_ARGUMENT =
      EnumSet.of(Reason.EMPTY, Reason.UNKNOWN_VERSION, Reason.HASH_MISMATCH);
  private static final Set<Reason> OPERATION =
      EnumSet.of(Reason.INVALID_OPERATION, Reason.CONFLICT, Reason.REMOVED_AUTHOR);

  private final Vector vector;
  private final Findings findings;
  private final List<LoggedDelta> history = new ArrayList<>();
  private WaveletCopy copy;

  private DeltaSequenceCheck(Vector vector, Findings findings) {
    this.vector = vector;
    this.findings = findings;
    WaveId wave = new WaveId(vector.text("waveDomain"), vector.text("waveId"));
    this.copy =
        WaveletCopy.empty(
            new WaveletName(
                wave, new WaveletId(vector.text("waveletDomain"), vector.text("waveletId"))));
  }

  static Map<String, Check> byKind() {
    return Map.of(
        "deltaSequence", (vector, findings) -> new DeltaSequenceCheck(vector, findings).run());
  }

  private void run() throws Exception {
    WaveletCopy start = copy;
    findings.equal("uri", vector.text("uri"), copy.name().toUri());
    findings.equal("versionZero", ModelJson.version(vector.get("versionZero")), copy.version());
    JsonNode deltas = vector.get("deltas");
    findings.equal("deltaCount", vector.get("deltaCount").intValue(), deltas.size());
    boolean always = vector.text("appliedAtForm").equals("always");
    for (int i = 0; i < deltas.size(); i++) {
      Vector delta = new Vector("deltas", i, deltas.get(i));
      if (!step(delta, always, "delta %d (%s) ".formatted(i, delta.text("note")))) {
        vector.fields().forEach(vector::has);
        return;
      }
    }
    findings.equal("finalVersion", ModelJson.version(vector.get("finalVersion")), copy.version());
    if (vector.has("finalState")) {
      state(vector.get("finalState"), copy.state());
    } else {
      findings.equal("finalState version", 0L, copy.state().version());
    }
    replayed(start);
  }

  /** Plays one submission; false if the rest of the sequence cannot be compared. */
  private boolean step(Vector delta, boolean always, String at) throws Exception {
    SignedDelta signed;
    WaveletDelta read;
    try {
      signed = SignedDelta.parse(delta.bytes("signedDeltaPb"));
      findings.equal(at + "deltaPb", delta.bytes("deltaPb"), signed.delta());
      read = WaveletDeltaCodec.parse(signed.delta());
    } catch (MalformedMessageException refusal) {
      delta.fields().forEach(delta::has);
      findings.equal(at + refusal.getMessage(), "rejected", delta.text("outcome"));
      return true;
    }
    contents(delta, read, at);
    Object came = submitted(signed, read, delta.get("timestamp").longValue());
    boolean compared =
        came instanceof Outcome outcome
            ? accepted(delta, read, outcome, always, at)
            : rejected(delta, read, (DeltaRejectedException) came, at);
    if (compared && !delta.unseen().isEmpty()) {
      findings.mismatch(at + "fields", "fields that the runner knows", delta.unseen());
    }
    return compared;
  }

  private void contents(Vector delta, WaveletDelta read, String at) {
    findings.equal(at + "author", new ParticipantId(delta.text("author")), read.author());
    findings.equal(at + "target", ModelJson.version(delta.get("target")), read.target());
    if (delta.has("operations")) {
      findings.equal(
          at + "operations", ModelJson.operations(delta.get("operations")), read.operations());
    }
  }

  private Object submitted(SignedDelta signed, WaveletDelta delta, long timestamp) {
    try {
      return copy.host(signed, delta, history, timestamp);
    } catch (DeltaRejectedException refusal) {
      return refusal;
    }
  }

  private boolean accepted(
      Vector delta, WaveletDelta read, Outcome outcome, boolean always, String at)
      throws Exception {
    String came = outcome instanceof Duplicate ? "duplicate" : "applied";
    if (delta.text("outcome").equals("rejected") || !sameOperations(delta, outcome)) {
      if (flawExplains(read, delta)) {
        return false;
      }
    }
    findings.equal(at + "outcome", delta.text("outcome"), came);
    if (delta.text("outcome").equals("rejected")) {
      return false;
    }
    LoggedDelta logged = outcome.delta();
    if (always || outcome instanceof Duplicate) {
      findings.equal(at + "appliedDeltaPb", delta.bytes("appliedDeltaPb"), logged.applied());
      findings.equal(
          at + "resulting", ModelJson.version(delta.get("resulting")), logged.resulting());
    }
    placed(delta, read, logged, at);
    if (outcome instanceof Applied) {
      advance(AppliedDelta.parse(delta.bytes("appliedDeltaPb")), delta, at);
    }
    return true;
  }

  private static boolean sameOperations(Vector delta, Outcome outcome) {
    return delta.has("transformedOperations")
        && ModelJson.operations(delta.get("transformedOperations"))
            .equals(outcome.delta().operations());
  }

  private void placed(Vector delta, WaveletDelta read, LoggedDelta logged, String at) {
    findings.equal(at + "appliedAt", ModelJson.version(delta.get("appliedAt")), logged.appliedAt());
    findings.equal(
        at + "transformed", delta.flag("transformed"), !logged.appliedAt().equals(read.target()));
    findings.equal(
        at + "operationsApplied",
        delta.get("operationsApplied").intValue(),
        logged.operations().size());
    findings.equal(
        at + "transformedOperations",
        ModelJson.operations(delta.get("transformedOperations")),
        logged.operations());
    AppliedDelta expected = parsed(delta, at);
    findings.equal(
        at + "hasHashedVersionAppliedAt",
        delta.flag("hasHashedVersionAppliedAt"),
        expected != null && expected.declaredAppliedAt().isPresent());
  }

  private @Nullable AppliedDelta parsed(Vector delta, String at) {
    try {
      return AppliedDelta.parse(delta.bytes("appliedDeltaPb"));
    } catch (MalformedMessageException refusal) {
      findings.mismatch(at + "appliedDeltaPb", "an applied delta", refusal);
      return null;
    }
  }

  /** Goes on from the bytes of the vector, as a remote does. */
  private void advance(AppliedDelta applied, Vector delta, String at) {
    try {
      Applied next = (Applied) copy.replay(applied, history);
      findings.equal(
          at + "resulting", ModelJson.version(delta.get("resulting")), next.delta().resulting());
      copy = next.copy();
      history.add(next.delta());
    } catch (DeltaRejectedException refusal) {
      findings.mismatch(at + "replay", "applied", refusal);
    }
  }

  private boolean rejected(
      Vector delta, WaveletDelta read, DeltaRejectedException refusal, String at) {
    if (!delta.text("outcome").equals("rejected")) {
      if (!flawExplains(read, delta)) {
        findings.mismatch(at + "outcome", delta.text("outcome"), refusal);
      }
      return false;
    }
    JsonNode error = delta.get("error");
    if (!isOfClass(error, refusal.reason())) {
      findings.mismatch(at + "error", error.path("error"), refusal.reason());
    }
    return true;
  }

  /** The class of the original's exception against our reason; others mean a refusal, no more. */
  private static boolean isOfClass(JsonNode error, Reason reason) {
    String text = error.path("error").asText();
    String className = text.substring(0, Math.max(0, text.indexOf(':')));
    if (WaveletChecks.isRemovedAuthor(error)) {
      return reason == Reason.REMOVED_AUTHOR;
    } else if (className.endsWith("InvalidHashException")) {
      return reason == Reason.HASH_MISMATCH;
    } else if (text.contains("invalid start version") || text.contains("empty delta")) {
      return ILLEGAL_ARGUMENT.contains(reason);
    }
    return !className.endsWith("OperationException") || OPERATION.contains(reason);
  }

  /** Whether the original transforms this delta in another way than is right. */
  private boolean flawExplains(WaveletDelta delta, Vector expected) {
    Optional<List<WaveletOperation>> original =
        expected.has("transformedOperations")
            ? Optional.of(ModelJson.operations(expected.get("transformedOperations")))
            : Optional.empty();
    boolean explained = new LateDelta(delta, history).isExplained(original);
    if (explained) {
      findings.differs(Difference.CARRIED_OPERATIONS);
    }
    return explained;
  }

  private void state(JsonNode expected, WaveletState state) throws InvalidOperationException {
    findings.equal(
        "finalState participants",
        ModelJson.texts(expected.required("participants")),
        state.participants().stream().map(Object::toString).toList());
    findings.equal("finalState version", expected.required("version").longValue(), state.version());
    findings.equal(
        "finalState creator",
        expected.required("creator").textValue(),
        state.creator().map(Object::toString).orElse(null));
    findings.equal(
        "finalState creationTime",
        expected.required("creationTime").longValue(),
        state.creationTime());
    findings.equal(
        "finalState lastModifiedTime",
        expected.required("lastModifiedTime").longValue(),
        state.lastModifiedTime());
    JsonNode documents = expected.required("documents");
    findings.equal("finalState documents", documents.size(), state.documentIds().size());
    for (Map.Entry<String, JsonNode> entry : documents.properties()) {
      findings.equal(
          "finalState document " + entry.getKey(),
          Document.of(ModelJson.op(entry.getValue())),
          state.document(entry.getKey()).orElse(null));
    }
  }

  private void replayed(WaveletCopy start) {
    WaveletCopy remote = start;
    List<LoggedDelta> since = new ArrayList<>();
    String came = "ok";
    try {
      for (LoggedDelta delta : history) {
        Applied next = (Applied) remote.replay(AppliedDelta.parse(delta.applied()), since);
        remote = next.copy();
        since.add(next.delta());
      }
    } catch (DeltaRejectedException | MalformedMessageException refusal) {
      came = String.valueOf(refusal.getMessage());
    }
    if (!came.equals(vector.get("remoteReplay").asText("refused"))) {
      findings.mismatch("remoteReplay", vector.get("remoteReplay"), came);
    }
    findings.equal(
        "remoteReplaySameVersion",
        vector.flag("remoteReplaySameVersion"),
        remote.version().equals(copy.version()));
    findings.equal(
        "remoteReplaySameState",
        vector.flag("remoteReplaySameState"),
        isSame(remote.state(), copy.state()));
  }

  private static boolean isSame(WaveletState one, WaveletState other) {
    return one.participants().equals(other.participants())
        && one.documentIds().equals(other.documentIds())
        && one.documentIds().stream().allMatch(id -> one.document(id).equals(other.document(id)));
  }
}
