// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Supplier;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.DocumentId;
import org.wavefed.model.id.IdSyntax;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.PercentEncoding;
import org.wavefed.model.id.TildeEscaping;
import org.wavefed.model.id.WaveId;
import org.wavefed.model.id.WaveletId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.HashChain;

/** Ids, addresses and names. */
final class IdChecks {
  private IdChecks() {}

  static Map<String, Check> byKind() {
    return Map.of(
        "parts", IdChecks::parts,
        "parseId", IdChecks::parseId,
        "parseWaveletName", IdChecks::parseWaveletName,
        "parseUri", IdChecks::parseUri,
        "waveletName", IdChecks::waveletName,
        "participant", IdChecks::participant,
        "percent", IdChecks::percent,
        "documentId", IdChecks::documentId,
        "waveletClass", IdChecks::waveletClass,
        "userDataWavelet", IdChecks::userDataWavelet);
  }

  private static void check(Vector vector, Findings findings, String field, Supplier<?> answer) {
    findings.answer(field, vector.get(field), answer);
  }

  private static void parts(Vector vector, Findings findings) {
    String domain = vector.text("domain");
    String id = vector.text("id");
    check(vector, findings, "domainValid", () -> IdSyntax.isDomain(domain));
    check(vector, findings, "identifierValid", () -> IdSyntax.isLocalId(id));
    check(vector, findings, "waveIdOf", () -> WaveId.of(domain, id));
    check(vector, findings, "waveIdOfLegacy", () -> new WaveId(domain, id));
    check(vector, findings, "waveletIdOf", () -> WaveletId.of(domain, id));
    check(vector, findings, "waveletIdOfLegacy", () -> new WaveletId(domain, id));
    check(vector, findings, "waveModern", () -> new WaveId(domain, id).toModernText());
    check(vector, findings, "waveLegacy", () -> new WaveId(domain, id).toLegacyText());
    check(vector, findings, "waveDefault", () -> new WaveId(domain, id).toModernText());
    check(vector, findings, "waveletModern", () -> new WaveletId(domain, id).toModernText());
    check(vector, findings, "waveletLegacy", () -> new WaveletId(domain, id).toLegacyText());
    check(vector, findings, "waveletDefault", () -> new WaveletId(domain, id).toString());
  }

  private static void parseId(Vector vector, Findings findings) {
    String text = vector.text("text");
    check(vector, findings, "waveModern", () -> WaveId.parseModern(text));
    check(vector, findings, "waveLegacy", () -> WaveId.parseLegacy(text));
    check(vector, findings, "waveDefault", () -> WaveId.parse(text));
    check(vector, findings, "waveletModern", () -> WaveletId.parseModern(text));
    check(vector, findings, "waveletLegacy", () -> WaveletId.parseLegacy(text));
    check(vector, findings, "waveletDefault", () -> WaveletId.parseLegacy(text));
  }

  private static void parseWaveletName(Vector vector, Findings findings) {
    check(vector, findings, "parsed", () -> WaveletName.parseModern(vector.text("text")));
  }

  private static void parseUri(Vector vector, Findings findings) {
    check(vector, findings, "parsed", () -> WaveletName.parseUri(vector.text("text")));
  }

  private static void waveletName(Vector vector, Findings findings) {
    String waveDomain = vector.text("waveDomain");
    String wave = vector.text("waveId");
    String waveletDomain = vector.text("waveletDomain");
    String wavelet = vector.text("waveletId");
    findings.answer(
        "construct",
        vector.get("construct"),
        () -> {
          name(waveDomain, wave, waveletDomain, wavelet);
          return "ok (legacy rules)";
        });
    check(
        vector,
        findings,
        "modernConstruct",
        () -> new WaveletName(WaveId.of(waveDomain, wave), WaveletId.of(waveletDomain, wavelet)));
    if (!vector.text("construct").startsWith("ok")) {
      return;
    }
    WaveletName name = name(waveDomain, wave, waveletDomain, wavelet);
    check(vector, findings, "modern", name::toModernText);
    check(vector, findings, "uri", name::toUri);
    check(vector, findings, "uriPath", name::toString);
    check(vector, findings, "uriRoundTrip", () -> WaveletName.parseUri(name.toUri()));
    HashedVersion zero = HashChain.versionZero(name);
    findings.equal("versionZeroHash", vector.bytes("versionZeroHash"), zero.historyHash());
    findings.equal("versionZeroText", vector.text("versionZeroText"), zero.toString());
  }

  private static WaveletName name(
      String waveDomain, String wave, String waveletDomain, String wavelet) {
    return new WaveletName(new WaveId(waveDomain, wave), new WaveletId(waveletDomain, wavelet));
  }

  private static void participant(Vector vector, Findings findings) {
    String text = vector.text("text");
    check(vector, findings, "checked", () -> ParticipantId.of(text));
    JsonNode unchecked = vector.get("unchecked");
    ParticipantId id = new ParticipantId(text);
    findings.answer("unchecked address", unchecked.required("address"), id::address);
    piece("unchecked name", unchecked.required("name"), id.name(), findings);
    piece("unchecked domain", unchecked.required("domain"), id.domain(), findings);
  }

  private static void piece(String what, JsonNode expected, String came, Findings findings) {
    if (Findings.isError(expected)) {
      findings.differs(Difference.ADDRESS_PIECES);
      findings.equal(what, "", came);
    } else {
      findings.equal(what, expected.textValue(), came);
    }
  }

  private static void percent(Vector vector, Findings findings) {
    String text = vector.text("text");
    check(vector, findings, "encoded", () -> PercentEncoding.encode(text));
    check(vector, findings, "decoded", () -> PercentEncoding.decode(text));
    check(
        vector,
        findings,
        "roundTrip",
        () -> PercentEncoding.decode(PercentEncoding.encode(text)).equals(text));
    check(vector, findings, "tildeEscaped", () -> TildeEscaping.escape(text));
    check(vector, findings, "tildeUnescaped", () -> TildeEscaping.unescape(text));
    check(vector, findings, "splitOnPlus", () -> TildeEscaping.tokens(text));
  }

  private static void documentId(Vector vector, Findings findings) {
    String id = vector.text("text");
    check(vector, findings, "blip", () -> DocumentId.isBlip(id));
    check(vector, findings, "ghost", () -> DocumentId.isGhostBlip(id));
    check(vector, findings, "manifest", () -> DocumentId.isManifest(id));
    check(vector, findings, "tags", () -> DocumentId.isTags(id));
    check(vector, findings, "robot", () -> DocumentId.isRobot(id));
    check(vector, findings, "attachment", () -> DocumentId.isAttachment(id));
  }

  private static void waveletClass(Vector vector, Findings findings) {
    WaveletId id = new WaveletId(vector.text("domain"), vector.text("id"));
    check(vector, findings, "conversationRoot", id::isConversationRoot);
    check(vector, findings, "conversational", id::isConversational);
    check(vector, findings, "userData", id::isUserData);
    check(vector, findings, "userDataAddress", () -> id.userDataAddress().orElse(null));
  }

  private static void userDataWavelet(Vector vector, Findings findings) {
    check(
        vector,
        findings,
        "waveletId",
        () -> WaveletId.ofUserData(ParticipantId.of(vector.text("address"))));
  }
}
