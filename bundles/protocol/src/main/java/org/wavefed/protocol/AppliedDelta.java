// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.wavelet.WaveletDelta;

/**
 * A ProtocolAppliedWaveletDelta: a signed delta with its place in the history, as its host says
 * ({@code docs/protocol.md}, Data). Nothing in it is verified. Equal where the bytes are equal.
 */
public final class AppliedDelta {
  private final Bytes bytes;
  private final SignedDelta signed;
  private final WaveletDelta delta;
  private final Optional<HashedVersion> declaredAppliedAt;
  private final int operationsApplied;
  private final long applicationTimestamp;

  private AppliedDelta(
      Bytes bytes,
      SignedDelta signed,
      WaveletDelta delta,
      Optional<HashedVersion> declaredAppliedAt,
      int operationsApplied,
      long applicationTimestamp) {
    this.bytes = bytes;
    this.signed = signed;
    this.delta = delta;
    this.declaredAppliedAt = declaredAppliedAt;
    this.operationsApplied = operationsApplied;
    this.applicationTimestamp = applicationTimestamp;
  }

  /**
   * Reads an applied delta, the signed delta and the delta within it, and keeps the bytes.
   *
   * @throws MalformedMessageException if the bytes are no such messages, or no operation was
   *     applied
   */
  public static AppliedDelta parse(Bytes message) throws MalformedMessageException {
    WireReader in = new WireReader("ProtocolAppliedWaveletDelta", message);
    WireReader signed = null;
    WireReader appliedAt = null;
    Integer operations = null;
    Long timestamp = null;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> signed = in.message("signed_original_delta", signed);
        case 0x12 -> appliedAt = in.message("hashed_version_applied_at", appliedAt);
        case 0x18 -> operations = in.int32();
        case 0x20 -> timestamp = in.int64();
        default -> in.skip(tag);
      }
    }
    SignedDelta original =
        SignedDelta.parse(in.required(signed, "signed_original_delta").content());
    AppliedDelta applied =
        new AppliedDelta(
            message,
            original,
            WaveletDeltaCodec.parse(original.delta()),
            appliedAt == null
                ? Optional.empty()
                : Optional.of(WaveletDeltaCodec.readVersion(appliedAt)),
            in.required(operations, "operations_applied"),
            in.required(timestamp, "application_timestamp"));
    applied.requireAdvance(in);
    return applied;
  }

  private void requireAdvance(WireReader in) throws MalformedMessageException {
    if (operationsApplied < 1 || operationsApplied > Long.MAX_VALUE - appliedAt().version()) {
      throw in.malformed(
          "operations_applied " + operationsApplied + " at version " + appliedAt().version());
    }
  }

  /**
   * Builds the message that a host makes of a delta that it applies.
   *
   * @param signed the signed delta as it came
   * @param delta what {@code signed.delta()} says
   * @param appliedAt the version that it is applied at
   * @param timestampMillis when, in ms since 1970
   */
  public static AppliedDelta build(
      SignedDelta signed, WaveletDelta delta, HashedVersion appliedAt, long timestampMillis) {
    WireWriter out = new WireWriter();
    out.bytes(1, signed.toBytes());
    out.message(2, in -> WaveletDeltaCodec.writeVersion(in, appliedAt));
    out.number(3, delta.operations().size());
    out.number(4, timestampMillis);
    return new AppliedDelta(
        out.toBytes(),
        signed,
        delta,
        Optional.of(appliedAt),
        delta.operations().size(),
        timestampMillis);
  }

  /** The message, byte for byte as it came. */
  public Bytes toBytes() {
    return bytes;
  }

  /** The signed delta within, byte for byte. */
  public SignedDelta signed() {
    return signed;
  }

  /** The delta as its author made and signed it, not transformed. */
  public WaveletDelta delta() {
    return delta;
  }

  /** The version that the message says it was applied at; it may leave that out. */
  public Optional<HashedVersion> declaredAppliedAt() {
    return declaredAppliedAt;
  }

  /** The version that it was applied at: the declared one, else the one that the delta targets. */
  public HashedVersion appliedAt() {
    return declaredAppliedAt.orElse(delta.target());
  }

  /** How many operations were applied, says the host; 1 or more. */
  public int operationsApplied() {
    return operationsApplied;
  }

  /** When the host applied it, in ms since 1970. */
  public long applicationTimestamp() {
    return applicationTimestamp;
  }

  /** The version after it, if it was applied where and as the host says. */
  public HashedVersion resulting() {
    return HashChain.next(appliedAt(), bytes, operationsApplied);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AppliedDelta that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "AppliedDelta[" + delta.author() + " at " + appliedAt() + "]";
  }
}
