// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;

class IdVectorsTest {
  static Stream<Case> of(String kind) {
    return Vectors.read("ids.jsonl", kind);
  }

  static Stream<Case> parts() {
    return of("parts");
  }

  static Stream<Case> parseId() {
    return of("parseId");
  }

  static Stream<Case> parseWaveletName() {
    return of("parseWaveletName");
  }

  static Stream<Case> parseUri() {
    return of("parseUri");
  }

  static Stream<Case> waveletName() {
    return of("waveletName");
  }

  static Stream<Case> participant() {
    return of("participant");
  }

  static Stream<Case> percent() {
    return of("percent");
  }

  static Stream<Case> documentId() {
    return of("documentId");
  }

  static Stream<Case> waveletClass() {
    return of("waveletClass");
  }

  static Stream<Case> userDataWavelet() {
    return of("userDataWavelet");
  }

  private static void check(JsonNode expected, Supplier<?> actual) {
    if (expected.isObject() && expected.has("error")) {
      assertThatThrownBy(actual::get).isInstanceOf(InvalidIdException.class);
    } else {
      assertThat(shown(actual.get())).isEqualTo(expected);
    }
  }

  private static JsonNode shown(Object value) {
    var json = new com.fasterxml.jackson.databind.ObjectMapper();
    if (value instanceof WaveId id) {
      return json.createObjectNode().put("domain", id.domain()).put("id", id.id());
    } else if (value instanceof WaveletId id) {
      return json.createObjectNode().put("domain", id.domain()).put("id", id.id());
    } else if (value instanceof WaveletName name) {
      return json.createObjectNode()
          .put("waveDomain", name.wave().domain())
          .put("waveId", name.wave().id())
          .put("waveletDomain", name.wavelet().domain())
          .put("waveletId", name.wavelet().id());
    } else if (value instanceof ParticipantId id) {
      return json.createObjectNode()
          .put("address", id.address())
          .put("name", id.name())
          .put("domain", id.domain());
    }
    return json.valueToTree(value);
  }

  @ParameterizedTest
  @MethodSource
  void parts(Case vector) {
    JsonNode json = vector.json();
    String domain = vector.text("domain");
    String id = vector.text("id");
    check(json.get("domainValid"), () -> IdSyntax.isDomain(domain));
    check(json.get("identifierValid"), () -> IdSyntax.isLocalId(id));
    check(json.get("waveIdOf"), () -> WaveId.of(domain, id));
    check(json.get("waveIdOfLegacy"), () -> new WaveId(domain, id));
    check(json.get("waveletIdOf"), () -> WaveletId.of(domain, id));
    check(json.get("waveletIdOfLegacy"), () -> new WaveletId(domain, id));
    check(json.get("waveModern"), () -> new WaveId(domain, id).toModernText());
    check(json.get("waveLegacy"), () -> new WaveId(domain, id).toLegacyText());
    check(json.get("waveDefault"), () -> new WaveId(domain, id).toModernText());
    check(json.get("waveletModern"), () -> new WaveletId(domain, id).toModernText());
    check(json.get("waveletLegacy"), () -> new WaveletId(domain, id).toLegacyText());
    check(json.get("waveletDefault"), () -> new WaveletId(domain, id).toString());
  }

  @ParameterizedTest
  @MethodSource
  void parseId(Case vector) {
    JsonNode json = vector.json();
    String text = vector.text("text");
    check(json.get("waveModern"), () -> WaveId.parseModern(text));
    check(json.get("waveLegacy"), () -> WaveId.parseLegacy(text));
    check(json.get("waveDefault"), () -> WaveId.parse(text));
    check(json.get("waveletModern"), () -> WaveletId.parseModern(text));
    check(json.get("waveletLegacy"), () -> WaveletId.parseLegacy(text));
    check(json.get("waveletDefault"), () -> WaveletId.parseLegacy(text));
  }

  @ParameterizedTest
  @MethodSource
  void parseWaveletName(Case vector) {
    check(vector.json().get("parsed"), () -> WaveletName.parseModern(vector.text("text")));
  }

  @ParameterizedTest
  @MethodSource
  void parseUri(Case vector) {
    check(vector.json().get("parsed"), () -> WaveletName.parseUri(vector.text("text")));
  }

  @ParameterizedTest
  @MethodSource
  void waveletName(Case vector) {
    JsonNode json = vector.json();
    String waveDomain = vector.text("waveDomain");
    String waveId = vector.text("waveId");
    String waveletDomain = vector.text("waveletDomain");
    String waveletId = vector.text("waveletId");
    WaveletName name =
        new WaveletName(new WaveId(waveDomain, waveId), new WaveletId(waveletDomain, waveletId));
    check(
        json.get("modernConstruct"),
        () ->
            new WaveletName(WaveId.of(waveDomain, waveId), WaveletId.of(waveletDomain, waveletId)));
    check(json.get("modern"), name::toModernText);
    check(json.get("uri"), name::toUri);
    check(json.get("uriPath"), name::toString);
    check(json.get("uriRoundTrip"), () -> WaveletName.parseUri(name.toUri()));
    byte[] zero = name.toUri().getBytes(StandardCharsets.UTF_8);
    assertThat("0:" + Base64.getEncoder().encodeToString(zero))
        .isEqualTo(vector.text("versionZeroText"));
    assertThat(WaveletName.parse(name.toString())).isEqualTo(WaveletName.parseUri(name.toUri()));
  }

  @ParameterizedTest
  @MethodSource
  void participant(Case vector) {
    String text = vector.text("text");
    check(vector.json().get("checked"), () -> ParticipantId.of(text));
    JsonNode unchecked = vector.json().get("unchecked");
    ParticipantId id = new ParticipantId(text);
    assertThat(id.address()).isEqualTo(unchecked.get("address").textValue());
    // Where the original fails to take an address to pieces, the pieces are empty here.
    assertThat(id.name())
        .isEqualTo(unchecked.get("name").isObject() ? "" : unchecked.get("name").textValue());
    assertThat(id.domain())
        .isEqualTo(unchecked.get("domain").isObject() ? "" : unchecked.get("domain").textValue());
  }

  @ParameterizedTest
  @MethodSource
  void percent(Case vector) {
    JsonNode json = vector.json();
    String text = vector.text("text");
    check(json.get("encoded"), () -> PercentEncoding.encode(text));
    check(json.get("decoded"), () -> PercentEncoding.decode(text));
    check(
        json.get("roundTrip"),
        () -> PercentEncoding.decode(PercentEncoding.encode(text)).equals(text));
    check(json.get("tildeEscaped"), () -> TildeEscaping.escape(text));
    check(json.get("tildeUnescaped"), () -> TildeEscaping.unescape(text));
    check(json.get("splitOnPlus"), () -> TildeEscaping.tokens(text));
  }

  @ParameterizedTest
  @MethodSource
  void documentId(Case vector) {
    String id = vector.text("text");
    assertThat(
            List.of(
                DocumentId.isBlip(id),
                DocumentId.isGhostBlip(id),
                DocumentId.isManifest(id),
                DocumentId.isTags(id),
                DocumentId.isRobot(id),
                DocumentId.isAttachment(id)))
        .isEqualTo(
            Stream.of("blip", "ghost", "manifest", "tags", "robot", "attachment")
                .map(field -> vector.json().get(field).booleanValue())
                .toList());
  }

  @ParameterizedTest
  @MethodSource
  void waveletClass(Case vector) {
    JsonNode json = vector.json();
    WaveletId id = new WaveletId(vector.text("domain"), vector.text("id"));
    check(json.get("conversationRoot"), id::isConversationRoot);
    check(json.get("conversational"), id::isConversational);
    check(json.get("userData"), id::isUserData);
    assertThat(id.userDataAddress().orElse(null))
        .isEqualTo(json.get("userDataAddress").textValue());
  }

  @ParameterizedTest
  @MethodSource
  void userDataWavelet(Case vector) {
    ParticipantId address = ParticipantId.of(vector.text("address"));
    check(vector.json().get("waveletId"), () -> WaveletId.ofUserData(address));
  }
}
