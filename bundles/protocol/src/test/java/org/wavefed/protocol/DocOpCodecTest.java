// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wavefed.model.Bytes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.Validator;

final class DocOpCodecTest {
  @TestFactory
  Stream<DynamicTest> parseShouldUnderstandWhatTheOriginalDoes() throws IOException {
    return Vectors.read("docop-wire.jsonl").stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(vector.get("name").asText(), () -> checkWire(vector)));
  }

  private static void checkWire(JsonNode vector) throws Exception {
    Bytes message = Vectors.bytes(vector.get("pb"));
    if (vector.get("verdict").asText().equals("ok")) {
      DocOp op = DocOpCodec.parse(message);
      Validator.check(op);
      Bytes written = DocOpCodec.toBytes(op);
      assertThat(written).isEqualTo(Vectors.bytes(vector.get("reencoded")));
      assertThat(written.equals(message)).isEqualTo(vector.get("reencodedSame").asBoolean());
    } else {
      assertThatThrownBy(() -> Validator.check(DocOpCodec.parse(message)))
          .isInstanceOfAny(
              MalformedMessageException.class,
              org.wavefed.model.document.InvalidOperationException.class);
    }
  }

  @TestFactory
  Stream<DynamicTest> toBytesShouldWriteWhatTheOriginalDoes() throws IOException {
    return Stream.concat(
            Vectors.read("docop-apply.jsonl").stream(), Vectors.read("docop-invert.jsonl").stream())
        .filter(vector -> vector.path("opPbDeserialize").asText("ok").equals("ok"))
        .filter(vector -> vector.has("opPb"))
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get("name").asText(),
                    () -> {
                      Bytes message = Vectors.bytes(vector.get("opPb"));
                      assertThat(DocOpCodec.toBytes(DocOpCodec.parse(message))).isEqualTo(message);
                    }));
  }

  @Test
  void parseShouldNameTheFieldWhenItIsMissing() {
    Bytes startWithoutType = Bytes.wrap(new byte[] {0x0a, 2, 0x1a, 0});

    assertThatThrownBy(() -> DocOpCodec.parse(startWithoutType))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("element_start: type is missing");
  }

  @Test
  void parseShouldNotReserveWhatALengthPromises() {
    Bytes twoGigabytes =
        Bytes.wrap(new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7});

    assertThatThrownBy(() -> DocOpCodec.parse(twoGigabytes))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("ProtocolDocumentOperation: a field of 2147483647 bytes where 0 are left");
  }
}
