// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.model.wavelet.WaveletTransform;
import org.wavefed.model.wavelet.WaveletTransform.OperationPair;
import org.wavefed.model.wavelet.WaveletTransform.OperationsPair;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.protocol.WaveletOperationCodec;

/** Wavelet operations and deltas, transformed. */
final class WaveletChecks {
  private WaveletChecks() {}

  static Map<String, Check> byKind() {
    return Map.of(
        "operationPair", WaveletChecks::operationPair, "deltaPair", WaveletChecks::deltaPair);
  }

  private static void operationPair(Vector vector, Findings findings) throws Exception {
    WaveletOperation client = operand(vector, "client", findings);
    WaveletOperation server = operand(vector, "server", findings);
    ParticipantId author = new ParticipantId(vector.text("clientAuthor"));
    vector.text("serverAuthor");
    OperationPair pair;
    try {
      pair = WaveletTransform.transform(client, author, server);
    } catch (TransformException refusal) {
      refused(vector, refusal, areUnfitting(client, server), findings);
      return;
    }
    if (vector.has("error") || !vector.has("clientPrime") || !vector.has("serverPrime")) {
      findings.mismatch("error", vector.get("error"), pair);
    } else {
      findings.equal("clientPrime", operand(vector, "clientPrime", findings), pair.client());
      findings.equal("serverPrime", operand(vector, "serverPrime", findings), pair.server());
    }
  }

  /** An operation given as JSON and as bytes, which must be the same. */
  private static WaveletOperation operand(Vector vector, String field, Findings findings) {
    WaveletOperation operation = ModelJson.operation(vector.get(field));
    findings.equal(
        field + "Pb", vector.bytes(field + "Pb"), WaveletOperationCodec.toBytes(operation));
    return operation;
  }

  private static void refused(
      Vector vector, TransformException refusal, boolean unfitting, Findings findings) {
    if (vector.has("error")) {
      boolean removed = isRemovedAuthor(vector.get("error"));
      findings.equal(
          "error names a removed author",
          removed,
          refusal.kind() == TransformException.Kind.REMOVED_AUTHOR);
      findings.equal("clientPrime", false, vector.has("clientPrime"));
      findings.equal("serverPrime", false, vector.has("serverPrime"));
    } else if (unfitting) {
      findings.differs(Difference.UNFITTING_OPERATIONS);
      vector.fields().forEach(vector::has);
    } else {
      findings.mismatch("clientPrime", vector.get("clientPrime"), refusal);
    }
  }

  static boolean isRemovedAuthor(JsonNode error) {
    return error.toString().contains("RemovedAuthorException");
  }

  private static boolean areUnfitting(WaveletOperation client, WaveletOperation server) {
    return client instanceof MutateDocument mine
        && server instanceof MutateDocument theirs
        && mine.documentId().equals(theirs.documentId())
        && mine.operation().inputLength() != theirs.operation().inputLength();
  }

  private static void deltaPair(Vector vector, Findings findings) throws Exception {
    List<WaveletOperation> client = operands(vector, "client", findings);
    List<WaveletOperation> server = operands(vector, "server", findings);
    ParticipantId author = author(vector, "clientAuthor");
    if (isDuplicate(author, client, author(vector, "serverAuthor"), server)) {
      duplicate(vector, server.size(), findings);
      return;
    }
    OperationsPair pair = null;
    try {
      pair = WaveletTransform.transform(client, author, server);
      answer(vector, pair, findings);
    } catch (TransformException refusal) {
      refused(vector, refusal, false, findings);
    }
    container(vector, pair, findings);
  }

  private static void answer(Vector vector, OperationsPair pair, Findings findings) {
    if (vector.has("error")) {
      findings.mismatch("error", vector.get("error"), pair);
      return;
    }
    findings.equal("clientPrime", ModelJson.operations(vector.get("clientPrime")), pair.client());
    findings.equal("serverPrime", ModelJson.operations(vector.get("serverPrime")), pair.server());
  }

  /** What the original's container made of it must be ours, or be explained by its flaw. */
  private static void container(Vector vector, @Nullable OperationsPair pair, Findings findings) {
    if (!vector.flag("serverAgrees")) {
      findings.differs(Difference.CARRIED_OPERATIONS);
      vector.has("clientPrimeAsServerDoesIt");
      vector.has("serverError");
    } else if (vector.has("serverError")) {
      findings.equal("serverError", null, pair);
      vector.has("clientPrimeAsServerDoesIt");
    } else {
      findings.equal(
          "clientPrimeAsServerDoesIt",
          ModelJson.operations(vector.get("clientPrimeAsServerDoesIt")),
          pair == null ? null : pair.client());
    }
  }

  /** The client library drops its delta and counts the server's operations as its own. */
  private static void duplicate(Vector vector, int operations, Findings findings) {
    findings.equal("clientPrime", 0, vector.get("clientPrime").size());
    findings.equal("serverPrime", operations, vector.get("serverPrime").size());
    for (JsonNode operation : vector.get("serverPrime")) {
      findings.equal("serverPrime", true, operation.path("versionUpdate").booleanValue());
    }
    vector.has("clientPrimeAsServerDoesIt");
    vector.has("serverAgrees");
    vector.has("serverError");
  }

  private static List<WaveletOperation> operands(Vector vector, String field, Findings findings) {
    List<WaveletOperation> operations = ModelJson.operations(vector.get(field));
    List<Bytes> expected = new ArrayList<>();
    vector.get(field + "Pb").forEach(message -> expected.add(Vector.bytes(message)));
    findings.equal(
        field + "Pb", expected, operations.stream().map(WaveletOperationCodec::toBytes).toList());
    return operations;
  }

  /** An empty delta has no author. */
  private static ParticipantId author(Vector vector, String field) {
    return new ParticipantId(vector.has(field) ? vector.text(field) : "");
  }

  /** Asks the host: the client's delta, made for the version that the server's is applied at. */
  private static boolean isDuplicate(
      ParticipantId clientAuthor,
      List<WaveletOperation> client,
      ParticipantId serverAuthor,
      List<WaveletOperation> server) {
    if (client.isEmpty() || server.isEmpty()) {
      return false;
    }
    WaveletName name = WaveletName.parseUri("wave://example.com/w+x/conv+root");
    HashedVersion before = new HashedVersion(0, Bytes.EMPTY);
    HashedVersion after = new HashedVersion(server.size(), Bytes.EMPTY);
    LoggedDelta logged =
        new LoggedDelta(Bytes.EMPTY, before, after, serverAuthor, 0, server, false);
    WaveletDelta delta = new WaveletDelta(before, clientAuthor, client);
    SignedDelta signed = new SignedDelta(WaveletDeltaCodec.toBytes(delta), List.of());
    try {
      return new WaveletCopy(name, after, WaveletState.empty(name))
              .host(signed, delta, List.of(logged), 0)
          instanceof WaveletCopy.Duplicate;
    } catch (DeltaRejectedException e) {
      return false;
    }
  }
}
