// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.model.Bytes;

/** Reads and writes ProtocolSignerInfo ({@code docs/protocol.md}, Data and Signatures). */
public final class SignerInfoCodec {
  /** Longer certificate chains are refused. */
  public static final int MAX_CERTIFICATES = 100;

  private SignerInfoCodec() {}

  /**
   * Reads a signer info. The certificates are bytes as yet.
   *
   * @throws MalformedMessageException if the bytes are no such message, or the hash algorithm is
   *     unknown
   */
  public static SignerInfo parse(Bytes message) throws MalformedMessageException {
    WireReader in = new WireReader("ProtocolSignerInfo", message);
    HashAlgorithm hashAlgorithm = null;
    String domain = null;
    List<Bytes> certificates = new ArrayList<>();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x08 -> hashAlgorithm = hashAlgorithm(in);
        case 0x12 -> domain = in.string();
        case 0x1a -> certificates.add(in.bytes());
        default -> in.skip(tag);
      }
      if (certificates.size() > MAX_CERTIFICATES) {
        throw in.malformed("more than " + MAX_CERTIFICATES + " certificates");
      }
    }
    return new SignerInfo(
        in.required(hashAlgorithm, "hash_algorithm"), in.required(domain, "domain"), certificates);
  }

  /** Writes a signer info. */
  public static Bytes toBytes(SignerInfo signer) {
    WireWriter out = new WireWriter();
    out.number(1, signer.hashAlgorithm().number());
    out.string(2, signer.domain());
    for (Bytes certificate : signer.certificates()) {
      out.bytes(3, certificate);
    }
    return out.toBytes();
  }

  private static HashAlgorithm hashAlgorithm(WireReader in) throws MalformedMessageException {
    int number = in.int32();
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if (algorithm.number() == number) {
        return algorithm;
      }
    }
    throw in.malformed("hash_algorithm " + number + " is unknown");
  }
}
