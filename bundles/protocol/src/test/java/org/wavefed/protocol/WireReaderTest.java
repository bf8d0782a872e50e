// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.model.Bytes;

final class WireReaderTest {
  private static final int START_GROUP = 0x0b;
  private static final int END_GROUP = 0x0c;

  /** Lengths of 4 (one byte too many), 2 GiB - 1, and -1 as 10 bytes; 3 bytes follow each. */
  @ParameterizedTest
  @ValueSource(strings = {"04", "ffffffff07", "ffffffffffffffffff01"})
  void lengthsShouldBeRefusedBeforeAnythingIsAllocated(String length) {
    Bytes message = hex("0a" + length + "616263");

    assertRefusedCheaply(() -> afterTag(message).string());
    assertRefusedCheaply(() -> afterTag(message).bytes());
    assertRefusedCheaply(() -> afterTag(message).message("inner"));
    assertRefusedCheaply(() -> afterTag(message).skip(0x0a));
  }

  @Test
  void lengthsShouldEndAtTheMessageThatTheyAreIn() throws Exception {
    WireReader inner = afterTag(hex("0a02" + "0a03" + "616263")).message("inner");

    assertThat(inner.tag()).isEqualTo(0x0a);
    assertThatThrownBy(inner::bytes)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("inner: a field of 3 bytes where 0 are left");
  }

  @Test
  void groupsShouldBeSkippedToTheDepthThatDeployedServersTake() throws Exception {
    WireReader deep = new WireReader("deep", groups(64));
    deep.skip(deep.tag());
    assertThat(deep.tag()).isZero();

    WireReader tooDeep = new WireReader("deep", groups(65));
    int tag = tooDeep.tag();
    assertThatThrownBy(() -> tooDeep.skip(tag)).isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0c", "0b", "0b14", "0b0a0161"})
  void groupsShouldBeRefusedWhenTheirEndsDoNotMatch(String message) throws Exception {
    WireReader in = new WireReader("groups", hex(message));
    int tag = in.tag();

    assertThatThrownBy(() -> in.skip(tag))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("groups: ");
  }

  @Test
  void messageShouldBeMergedFromPiecesUpToALimit() throws Exception {
    WireReader in = new WireReader("outer", hex("0a020801".repeat(101)));
    in.tag();
    WireReader merged = in.message("inner", null);
    for (int pieces = 1; pieces < 100; pieces++) {
      in.tag();
      merged = in.message("inner", merged);
    }
    WireReader whole = merged;

    assertThat(whole.content()).isEqualTo(hex("0801".repeat(100)));
    in.tag();
    assertThatThrownBy(() -> in.message("inner", whole))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("outer: inner is in more than 100 pieces");
  }

  @Test
  void messageShouldBeRefusedWhenAPieceEndsWithinAField() throws Exception {
    WireReader in = new WireReader("outer", hex("0a0108" + "0a0101"));
    in.tag();
    WireReader cutOff = in.message("inner");
    in.tag();

    assertThatThrownBy(() -> in.message("inner", cutOff))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("inner: ");
  }

  @Test
  void readerShouldRefuseMessagesThatAreTooLong() {
    byte[] longest = new byte[WireReader.MAX_MESSAGE_BYTES];
    byte[] tooLong = new byte[WireReader.MAX_MESSAGE_BYTES + 1];

    assertThatCode(() -> new WireReader("long", Bytes.wrap(longest))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new WireReader("long", Bytes.wrap(tooLong)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("long: 67108865 bytes are more than 67108864");
  }

  private static WireReader afterTag(Bytes message) throws MalformedMessageException {
    WireReader in = new WireReader("outer", message);
    assertThat(in.tag()).isEqualTo(0x0a);
    return in;
  }

  private static void assertRefusedCheaply(ThrowingCallable read) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(read)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("outer: ");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
  }

  private static Bytes groups(int depth) {
    byte[] message = new byte[2 * depth];
    Arrays.fill(message, 0, depth, (byte) START_GROUP);
    Arrays.fill(message, depth, 2 * depth, (byte) END_GROUP);
    return Bytes.wrap(message);
  }

  private static Bytes hex(String digits) {
    return Bytes.wrap(HexFormat.of().parseHex(digits));
  }
}
