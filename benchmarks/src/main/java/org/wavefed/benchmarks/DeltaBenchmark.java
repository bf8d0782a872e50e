// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.HashChain;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.protocol.WaveletDeltaCodec;

/** What a remote does with each delta of a history, but for signatures and disk. */
@State(Scope.Thread)
public class DeltaBenchmark {
  private static final int DELTAS = 1_000;
  private static final WaveletName NAME = WaveletName.parse("acmewave.example/w+abc");
  private static final ParticipantId AUTHOR = ParticipantId.of("alice@acmewave.example");

  private final List<Bytes> history = new ArrayList<>();

  /** Makes the history of somebody who types. */
  @Setup
  public void prepare() {
    HashedVersion version = HashChain.versionZero(NAME);
    for (int i = 0; i < DELTAS; i++) {
      WaveletDelta delta =
          new WaveletDelta(
              version, AUTHOR, List.of(new MutateDocument("b+a", Edits.insert(i, i / 2, "x"))));
      SignedDelta signed = new SignedDelta(WaveletDeltaCodec.toBytes(delta), List.of());
      AppliedDelta applied = AppliedDelta.build(signed, delta, version, i);
      history.add(applied.toBytes());
      version = applied.resulting();
    }
  }

  /** Decodes, hashes and applies each delta at the head. */
  @Benchmark
  @OperationsPerInvocation(DELTAS)
  public WaveletCopy replayDeltas() throws MalformedMessageException, DeltaRejectedException {
    WaveletCopy copy = WaveletCopy.empty(NAME);
    for (Bytes message : history) {
      var outcome = copy.replay(AppliedDelta.parse(message), List.of());
      copy = ((WaveletCopy.Applied) outcome).copy();
    }
    return copy;
  }
}
