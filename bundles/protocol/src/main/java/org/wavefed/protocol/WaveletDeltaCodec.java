// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;

/** Reads and writes ProtocolWaveletDelta ({@code docs/protocol.md}, Data). */
public final class WaveletDeltaCodec {
  private WaveletDeltaCodec() {}

  /**
   * Reads a delta. Its operations may be ill-formed, its author any text.
   *
   * @throws MalformedMessageException if the bytes are no such message
   */
  public static WaveletDelta parse(Bytes message) throws MalformedMessageException {
    WireReader in = new WireReader("ProtocolWaveletDelta", message);
    WireReader target = null;
    String author = null;
    List<WaveletOperation> operations = new ArrayList<>(2);
    List<String> addressPath = new ArrayList<>(0);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> target = in.message("hashed_version", target);
        case 0x12 -> author = in.string();
        case 0x1a -> operations.add(WaveletOperationCodec.read(in.message("operation")));
        case 0x22 -> addressPath.add(in.string());
        default -> in.skip(tag);
      }
    }
    return new WaveletDelta(
        readVersion(in.required(target, "hashed_version")),
        new ParticipantId(in.required(author, "author")),
        operations,
        addressPath);
  }

  /** Writes a delta. */
  public static Bytes toBytes(WaveletDelta delta) {
    WireWriter out = new WireWriter();
    out.message(1, in -> writeVersion(in, delta.target()));
    out.string(2, delta.author().address());
    for (WaveletOperation operation : delta.operations()) {
      out.message(3, in -> WaveletOperationCodec.write(in, operation));
    }
    for (String address : delta.addressPath()) {
      out.string(4, address);
    }
    return out.toBytes();
  }

  static HashedVersion readVersion(WireReader in) throws MalformedMessageException {
    Long version = null;
    Bytes historyHash = null;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x08 -> version = in.int64();
        case 0x12 -> historyHash = in.bytes();
        default -> in.skip(tag);
      }
    }
    if (in.required(version, "version") < 0) {
      throw in.malformed("version " + version + " is negative");
    }
    return new HashedVersion(version, in.required(historyHash, "history_hash"));
  }

  static void writeVersion(WireWriter out, HashedVersion version) {
    out.number(1, version.version());
    out.bytes(2, version.historyHash());
  }
}
