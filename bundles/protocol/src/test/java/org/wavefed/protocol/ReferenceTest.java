// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.protocol.generated.Wave;

/** Holds the codecs against the classes that protoc generates, on messages broken at random. */
final class ReferenceTest {
  private static final int BROKEN_PER_MESSAGE = 60;

  /** What a message can say that has no meaning, though it parses. */
  private static final Pattern MEANINGLESS =
      Pattern.compile(
          "(?s).*(updated twice|names a key twice|is empty or contains|the kind of operation is missing"
              + "|is negative|operations_applied -?\\d+ at version).*");

  private interface Codec {
    /** Reads a message and writes what was understood. */
    Bytes understood(Bytes message) throws MalformedMessageException;
  }

  @Test
  void deltasShouldBeReadAsTheReferenceReadsThem() throws IOException {
    compare(
        deltas("deltaPb"),
        Wave.ProtocolWaveletDelta.parser(),
        message -> WaveletDeltaCodec.toBytes(WaveletDeltaCodec.parse(message)));
  }

  @Test
  void signedDeltasShouldBeReadAsTheReferenceReadsThem() throws IOException {
    compare(
        deltas("signedDeltaPb"),
        Wave.ProtocolSignedDelta.parser(),
        message -> {
          SignedDelta signed = SignedDelta.parse(message);
          assertThat(signed.toBytes()).isEqualTo(message);
          return new SignedDelta(signed.delta(), signed.signatures()).toBytes();
        });
  }

  @Test
  void signerInfosShouldBeReadAsTheReferenceReadsThem() throws IOException {
    List<Bytes> messages =
        Vectors.read("signer.jsonl").stream()
            .filter(vector -> vector.has("signerInfoPb"))
            .map(vector -> Vectors.bytes(vector.get("signerInfoPb")))
            .toList();
    compare(
        messages,
        Wave.ProtocolSignerInfo.parser(),
        message -> SignerInfoCodec.toBytes(SignerInfoCodec.parse(message)));
  }

  @Test
  void operationsShouldBeReadAsTheReferenceReadsThem() throws IOException {
    List<Bytes> messages =
        Vectors.read("docop-wire.jsonl").stream()
            .map(vector -> Vectors.bytes(vector.get("pb")))
            .toList();
    compare(
        messages,
        Wave.ProtocolDocumentOperation.parser(),
        message -> DocOpCodec.toBytes(DocOpCodec.parse(message)));
  }

  @Test
  void appliedDeltasShouldNeverThrowAnythingElse() throws IOException {
    Random random = new Random(4);
    for (Bytes message : deltas("appliedDeltaPb")) {
      for (int i = 0; i < BROKEN_PER_MESSAGE; i++) {
        Bytes broken = broken(message, random);
        try {
          assertThat(AppliedDelta.parse(broken).toBytes()).isEqualTo(broken);
        } catch (MalformedMessageException e) {
          assertThat(e).hasMessageNotContaining("\n");
        }
      }
    }
  }

  @Test
  void brokenMessagesShouldAllocateNoMoreThanTheirSizeWarrants() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(5);
    for (Bytes message : deltas("appliedDeltaPb")) {
      Bytes broken = broken(message, random);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        AppliedDelta.parse(broken);
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).isLessThan(200_000 + 100L * broken.size());
    }
  }

  private static List<Bytes> deltas(String field) throws IOException {
    List<Bytes> messages = new ArrayList<>();
    for (var sequence : Vectors.read("delta-hash.jsonl")) {
      for (var delta : sequence.get("deltas")) {
        if (delta.hasNonNull(field)) {
          messages.add(Vectors.bytes(delta.get(field)));
        }
      }
    }
    assertThat(messages).isNotEmpty();
    return messages;
  }

  private static void compare(
      List<Bytes> messages, Parser<? extends Message> reference, Codec codec) {
    Random random = new Random(3);
    for (Bytes message : messages) {
      compareOne(message, reference, codec);
      for (int i = 0; i < BROKEN_PER_MESSAGE; i++) {
        compareOne(broken(message, random), reference, codec);
      }
    }
  }

  /** Both understand the same, or neither understands anything. */
  private static void compareOne(Bytes message, Parser<? extends Message> reference, Codec codec) {
    Bytes canonical;
    try {
      canonical = Bytes.wrap(reference.parseFrom(message.shared()).toByteArray());
    } catch (InvalidProtocolBufferException e) {
      assertThat(understood(codec, message)).as("%s: %s", message, e.getMessage()).isNull();
      return;
    }
    Bytes understood = understood(codec, message);
    assertThat(understood).as("%s", message).isEqualTo(understood(codec, canonical));
    if (understood == null) {
      assertThat(refusal(codec, message)).as("%s", message).matches(MEANINGLESS);
    }
  }

  private static @org.jspecify.annotations.Nullable Bytes understood(Codec codec, Bytes message) {
    try {
      return codec.understood(message);
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  private static String refusal(Codec codec, Bytes message) {
    try {
      return "understood: " + codec.understood(message);
    } catch (MalformedMessageException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The message cut off, or with bytes changed, doubled or left out. */
  private static Bytes broken(Bytes message, Random random) {
    byte[] bytes = message.toArray();
    int at = random.nextInt(bytes.length + 1);
    int length = random.nextInt(1 + Math.min(40, bytes.length - at));
    return switch (random.nextInt(4)) {
      case 0 -> Bytes.wrap(java.util.Arrays.copyOf(bytes, at));
      case 1 -> joined(bytes, at, bytes, at - Math.min(at, length));
      case 2 -> joined(bytes, at, bytes, at + length);
      default -> {
        if (at < bytes.length) {
          bytes[at] =
              (byte)
                  (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
        }
        yield Bytes.wrap(bytes);
      }
    };
  }

  private static Bytes joined(byte[] head, int length, byte[] tail, int from) {
    byte[] result = java.util.Arrays.copyOf(head, length + tail.length - from);
    System.arraycopy(tail, from, result, length, tail.length - from);
    return Bytes.wrap(result);
  }
}
