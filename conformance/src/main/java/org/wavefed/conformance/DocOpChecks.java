// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.document.Composer;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.document.Inverter;
import org.wavefed.model.document.Normalizer;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.document.TransformedPair;
import org.wavefed.model.document.Transformer;
import org.wavefed.model.document.Validator;
import org.wavefed.protocol.DocOpCodec;
import org.wavefed.protocol.MalformedMessageException;

/** Document operations: applied, composed, inverted, transformed, and as bytes. */
final class DocOpChecks {
  private static final String VALID = "VALID";

  private DocOpChecks() {}

  static Map<String, Check> byKind() {
    return Map.of(
        "apply", DocOpChecks::apply,
        "unrepresentable", DocOpChecks::unrepresentable,
        "compose", DocOpChecks::compose,
        "transform", DocOpChecks::transform,
        "invert", DocOpChecks::invert,
        "pbDecode", DocOpChecks::decode);
  }

  private static void apply(Vector vector, Findings findings) throws Exception {
    DocOp init = vector.op("doc");
    Document document = Document.of(init);
    findings.equal("docPb", vector.bytes("docPb"), DocOpCodec.toBytes(init));
    findings.equal("docXml", vector.text("docXml"), document.toXml());
    DocOp op = vector.op("op");
    findings.equal("opPb", vector.bytes("opPb"), DocOpCodec.toBytes(op));
    findings.equal("opConcise", vector.text("opConcise"), ConciseNotation.of(op));
    decodedAgain(vector, op, findings);
    findings.equal("wellFormed", vector.flag("wellFormed"), isWellFormed(op));
    verdict(vector, document, op, findings);
    if (vector.has("result")) {
      applied(vector, init, document, op, findings);
    }
  }

  private static void decodedAgain(Vector vector, DocOp op, Findings findings) {
    DocOp decoded = decoded(vector.bytes("opPb"));
    findings.equal("opPbDeserialize", vector.text("opPbDeserialize").equals("ok"), decoded != null);
    findings.equal("opPbRoundTrips", vector.flag("opPbRoundTrips"), op.equals(decoded));
  }

  private static void verdict(Vector vector, Document document, DocOp op, Findings findings) {
    String expected = vector.text("verdict");
    boolean schema = !vector.text("schema").equals("none");
    if (schema && expected.equals("INVALID_SCHEMA")) {
      findings.differs(Difference.NO_SCHEMAS);
      expected = VALID;
    }
    findings.equal("verdict", expected, verdict(document, op));
  }

  private static void applied(
      Vector vector, DocOp init, Document document, DocOp op, Findings findings) throws Exception {
    Document result = document.apply(op);
    // Documents are equal whatever boundaries stand in their insertions without changing anything.
    findings.equal("result", Document.of(vector.op("result")), result);
    findings.equal("resultPb", Document.of(DocOpCodec.parse(vector.bytes("resultPb"))), result);
    findings.equal("resultXml", vector.text("resultXml"), result.toXml());
    findings.equal("composed", vector.op("composed"), Composer.compose(init, op));
    findings.equal("normalized", vector.op("normalized"), Normalizer.normalize(op));
  }

  private static void unrepresentable(Vector vector, Findings findings) throws Exception {
    Document.of(vector.op("doc"));
    findings.equal("verdict", "CONSTRUCTOR_EXCEPTION", vector.text("verdict"));
    try {
      findings.mismatch("op", "a refusal to make it", vector.op("op"));
    } catch (IllegalArgumentException | NullPointerException refused) {
      // As it should be.
    }
  }

  private static void compose(Vector vector, Findings findings) throws Exception {
    DocOp first = operand(vector, "op1", findings);
    DocOp second = operand(vector, "op2", findings);
    DocOp composed = composed(first, second);
    boolean fitting = vector.has("doc");
    if (!vector.has("composed")) {
      findings.equal("error", Findings.isError(vector.get("error")), composed == null);
    } else if (composed == null && !fitting) {
      findings.differs(Difference.UNFITTING_OPERATIONS);
      ignore(vector, "composedPb", "concise");
    } else if (composed == null) {
      findings.mismatch("composed", vector.get("composed"), "a refusal");
    } else {
      findings.equal("composed", vector.op("composed"), composed);
      findings.equal("composedPb", vector.bytes("composedPb"), DocOpCodec.toBytes(composed));
      findings.equal("concise", vector.text("concise"), ConciseNotation.of(composed));
    }
    if (fitting && composed != null && vector.has("result")) {
      composedResult(vector, first, second, composed, findings);
    } else if (vector.has("result")) {
      findings.mismatch("result", vector.get("result"), "nothing composed");
    }
  }

  private static void composedResult(
      Vector vector, DocOp first, DocOp second, DocOp composed, Findings findings)
      throws Exception {
    Document document = Document.of(vector.op("doc"));
    Document result = document.apply(first).apply(second);
    findings.equal("result", Document.of(vector.op("result")), result);
    findings.equal("resultXml", vector.text("resultXml"), result.toXml());
    String verdict = verdict(document, composed);
    findings.equal("composedVerdict", vector.text("composedVerdict"), verdict);
    boolean agrees = verdict.equals(VALID) && document.apply(composed).equals(result);
    findings.equal("resultAgrees", vector.flag("resultAgrees"), agrees);
  }

  private static void transform(Vector vector, Findings findings) throws Exception {
    Document document = Document.of(vector.op("doc"));
    findings.equal("docXml", vector.text("docXml"), document.toXml());
    DocOp client = operand(vector, "client", findings);
    DocOp server = operand(vector, "server", findings);
    findings.equal("clientConcise", vector.text("clientConcise"), ConciseNotation.of(client));
    findings.equal("serverConcise", vector.text("serverConcise"), ConciseNotation.of(server));
    TransformedPair pair = transformed(client, server);
    boolean unfitting = vector.has("applyError");
    boolean answered = vector.has("clientPrime");
    findings.equal("serverPrime is there", answered, vector.has("serverPrime"));
    if (!answered) {
      findings.equal("error", Findings.isError(vector.get("error")), pair == null);
    } else if (pair == null && unfitting) {
      findings.differs(Difference.UNFITTING_OPERATIONS);
      ignore(vector, "clientPrimePb", "serverPrimePb", "clientPrimeConcise", "serverPrimeConcise");
    } else if (pair == null) {
      findings.mismatch("clientPrime", vector.get("clientPrime"), "a refusal");
    } else {
      prime(vector, "clientPrime", pair.client(), findings);
      prime(vector, "serverPrime", pair.server(), findings);
      if (!unfitting) {
        transformedResults(vector, document, client, server, pair, findings);
      }
    }
  }

  private static void prime(Vector vector, String field, DocOp came, Findings findings) {
    findings.equal(field, vector.op(field), came);
    findings.equal(field + "Pb", vector.bytes(field + "Pb"), DocOpCodec.toBytes(came));
    findings.equal(field + "Concise", vector.text(field + "Concise"), ConciseNotation.of(came));
  }

  private static void transformedResults(
      Vector vector,
      Document document,
      DocOp client,
      DocOp server,
      TransformedPair pair,
      Findings findings)
      throws Exception {
    Document afterClient = document.apply(client);
    Document afterServer = document.apply(server);
    findings.equal(
        "serverPrimeVerdict",
        vector.text("serverPrimeVerdict"),
        verdict(afterClient, pair.server()));
    findings.equal(
        "clientPrimeVerdict",
        vector.text("clientPrimeVerdict"),
        verdict(afterServer, pair.client()));
    Document one = afterClient.apply(pair.server());
    Document other = afterServer.apply(pair.client());
    findings.equal("converges", vector.flag("converges"), one.equals(other));
    String oneField = "resultClientThenServerPrime";
    findings.equal(oneField, Document.of(vector.op(oneField)), one);
    String otherField = "resultServerThenClientPrime";
    findings.equal(otherField, Document.of(vector.op(otherField)), other);
    findings.equal("resultXml", vector.text("resultXml"), one.toXml());
  }

  private static void invert(Vector vector, Findings findings) throws Exception {
    Document document = Document.of(vector.op("doc"));
    DocOp op = operand(vector, "op", findings);
    DocOp inverse = Inverter.invert(op);
    findings.equal("inverse", vector.op("inverse"), inverse);
    findings.equal("inversePb", vector.bytes("inversePb"), DocOpCodec.toBytes(inverse));
    Document after = document.apply(op);
    findings.equal("afterOp", Document.of(vector.op("afterOp")), after);
    String verdict = verdict(after, inverse);
    findings.equal("inverseVerdict", vector.text("inverseVerdict"), verdict);
    boolean restores = verdict.equals(VALID) && after.apply(inverse).equals(document);
    findings.equal("restores", vector.flag("restores"), restores);
    JsonNode composed = vector.get("composedWithInverse");
    DocOp expected = composed.isArray() ? ModelJson.op(composed) : null;
    findings.equal("composedWithInverse", expected, composed(op, inverse));
  }

  private static void decode(Vector vector, Findings findings) {
    DocOp decoded = decoded(vector.bytes("pb"));
    findings.equal("verdict", vector.text("verdict").equals("ok"), decoded != null);
    if (decoded != null && vector.has("op")) {
      Bytes reencoded = DocOpCodec.toBytes(decoded);
      findings.equal("op", vector.op("op"), decoded);
      findings.equal("reencoded", vector.bytes("reencoded"), reencoded);
      findings.equal(
          "reencodedSame", vector.flag("reencodedSame"), reencoded.equals(vector.bytes("pb")));
    }
  }

  /** An operation given as JSON and as bytes, which must be the same. */
  private static DocOp operand(Vector vector, String field, Findings findings) {
    DocOp op = vector.op(field);
    findings.equal(field + "Pb", vector.bytes(field + "Pb"), DocOpCodec.toBytes(op));
    return op;
  }

  private static void ignore(Vector vector, String... fields) {
    for (String field : fields) {
      vector.get(field);
    }
  }

  /** What a server understands, as far as it is well-formed; null otherwise. */
  private static @Nullable DocOp decoded(Bytes message) {
    try {
      DocOp op = DocOpCodec.parse(message);
      return isWellFormed(op) ? op : null;
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  private static boolean isWellFormed(DocOp op) {
    try {
      Validator.check(op);
      return true;
    } catch (InvalidOperationException e) {
      return false;
    }
  }

  private static String verdict(Document document, DocOp op) {
    try {
      document.apply(op);
      return VALID;
    } catch (InvalidOperationException e) {
      return e.kind().name();
    }
  }

  private static @Nullable DocOp composed(DocOp first, DocOp second) {
    try {
      return Composer.compose(first, second);
    } catch (InvalidOperationException e) {
      return null;
    }
  }

  private static @Nullable TransformedPair transformed(DocOp client, DocOp server) {
    try {
      return Transformer.transform(client, server);
    } catch (TransformException e) {
      return null;
    }
  }
}
