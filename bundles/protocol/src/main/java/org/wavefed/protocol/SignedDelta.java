// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerId;
import org.wavefed.model.Bytes;

/**
 * A ProtocolSignedDelta: the exact bytes of a delta and the signatures over them ({@code
 * docs/protocol.md}, Data and Signatures). Nothing in it is verified, nor is the delta read yet.
 * Equal where the bytes are equal.
 */
public final class SignedDelta {
  /** More signatures than this are refused. */
  public static final int MAX_SIGNATURES = 100;

  private final Bytes bytes;
  private final Bytes delta;
  private final List<DeltaSignature> signatures;

  private SignedDelta(Bytes bytes, Bytes delta, List<DeltaSignature> signatures) {
    this.bytes = bytes;
    this.delta = delta;
    this.signatures = List.copyOf(signatures);
  }

  /**
   * A delta that was signed here.
   *
   * @param delta the exact bytes of the ProtocolWaveletDelta
   * @param signatures the signatures over them, in the order of the address path and then the
   *     author
   */
  public SignedDelta(Bytes delta, List<DeltaSignature> signatures) {
    this(write(delta, signatures), delta, signatures);
  }

  /**
   * Reads a signed delta and keeps its bytes.
   *
   * @throws MalformedMessageException if the bytes are no such message, or a signature is of an
   *     unknown kind
   */
  public static SignedDelta parse(Bytes message) throws MalformedMessageException {
    WireReader in = new WireReader("ProtocolSignedDelta", message);
    Bytes delta = null;
    List<DeltaSignature> signatures = new ArrayList<>(1);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> delta = in.bytes();
        case 0x12 -> signatures.add(signature(in.message("signature")));
        default -> in.skip(tag);
      }
      if (signatures.size() > MAX_SIGNATURES) {
        throw in.malformed("more than " + MAX_SIGNATURES + " signatures");
      }
    }
    return new SignedDelta(message, in.required(delta, "delta"), signatures);
  }

  /** The message, byte for byte as it came. */
  public Bytes toBytes() {
    return bytes;
  }

  /** The exact bytes of the ProtocolWaveletDelta. */
  public Bytes delta() {
    return delta;
  }

  /** The signatures in their order. */
  public List<DeltaSignature> signatures() {
    return signatures;
  }

  private static DeltaSignature signature(WireReader in) throws MalformedMessageException {
    Bytes signature = null;
    Bytes signer = null;
    SignatureAlgorithm algorithm = null;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> signature = in.bytes();
        case 0x12 -> signer = in.bytes();
        case 0x18 -> algorithm = algorithm(in);
        default -> in.skip(tag);
      }
    }
    return new DeltaSignature(
        new SignerId(in.required(signer, "signer_id")),
        in.required(algorithm, "signature_algorithm"),
        in.required(signature, "signature_bytes"));
  }

  private static SignatureAlgorithm algorithm(WireReader in) throws MalformedMessageException {
    int number = in.int32();
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      if (algorithm.number() == number) {
        return algorithm;
      }
    }
    throw in.malformed("signature_algorithm " + number + " is unknown");
  }

  private static Bytes write(Bytes delta, List<DeltaSignature> signatures) {
    WireWriter out = new WireWriter();
    out.bytes(1, delta);
    for (DeltaSignature signature : signatures) {
      out.message(2, in -> write(in, signature));
    }
    return out.toBytes();
  }

  private static void write(WireWriter out, DeltaSignature signature) {
    out.bytes(1, signature.signature());
    out.bytes(2, signature.signer().hash());
    out.number(3, signature.algorithm().number());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedDelta that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "SignedDelta[" + delta.size() + " bytes, signatures=" + signatures + "]";
  }
}
