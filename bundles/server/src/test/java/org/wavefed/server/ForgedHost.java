// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.HashChain;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.testkit.federation.TestCrypto;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/** A peer that hosts one wavelet, signs whatever the test wants, and may lie about it. */
final class ForgedHost implements FederationHandler {
  final WaveletName wavelet;
  final ParticipantId author;
  final List<HistoryRequest> asked = new CopyOnWriteArrayList<>();

  /** What a request for history is answered with: the truth, one delta at a time, at first. */
  volatile Function<HistoryRequest, CompletionStage<List<Bytes>>> answer =
      request -> CompletableFuture.completedStage(page(request));

  /** What a request for a signer is answered with. */
  volatile Supplier<CompletionStage<SignerInfo>> signer;

  private final String domain;
  private boolean silent;
  private final List<AppliedDelta> deltas = new ArrayList<>();

  ForgedHost(String domain, String waveId) {
    this.domain = domain;
    this.signer = () -> CompletableFuture.completedStage(TestCrypto.info(domain));
    this.author = new ParticipantId("mallory@" + domain);
    this.wavelet = WaveletName.parseUri("wave://" + domain + "/" + waveId + "/conv+root");
  }

  /** A peer that never answers an update. */
  static ForgedHost silent(String domain) {
    ForgedHost peer = new ForgedHost(domain, "w+none");
    peer.silent = true;
    return peer;
  }

  HashedVersion head() {
    return deltas.isEmpty()
        ? HashChain.versionZero(wavelet)
        : deltas.get(deltas.size() - 1).resulting();
  }

  /** Appends a delta that is made for the head. */
  ForgedHost add(WaveletOperation... operations) {
    WaveletDelta delta = new WaveletDelta(head(), author, List.of(operations));
    Bytes bytes = WaveletDeltaCodec.toBytes(delta);
    SignedDelta signed =
        new SignedDelta(bytes, List.of(TestCrypto.signature(TestCrypto.info(domain), bytes)));
    deltas.add(AppliedDelta.build(signed, delta, head(), deltas.size() + 1L));
    return this;
  }

  ForgedHost invite(ParticipantId... participants) {
    WaveletOperation[] adds = new WaveletOperation[participants.length];
    for (int i = 0; i < adds.length; i++) {
      adds[i] = new AddParticipant(participants[i]);
    }
    return add(adds);
  }

  /** Appends a delta that begins a document with that much text. */
  ForgedHost write(String document, int length) {
    return add(
        new MutateDocument(document, DocOp.builder().characters("x".repeat(length)).build()));
  }

  /** The newest deltas as an update. */
  WaveletUpdate newest(int count) {
    List<Bytes> last =
        deltas.subList(deltas.size() - count, deltas.size()).stream()
            .map(AppliedDelta::toBytes)
            .toList();
    return new WaveletUpdate(wavelet, last, Optional.of(head()));
  }

  /** The delta that starts where the request does. */
  List<Bytes> page(HistoryRequest request) {
    return deltas.stream()
        .filter(delta -> delta.appliedAt().version() == request.start().version())
        .map(AppliedDelta::toBytes)
        .toList();
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    asked.add(request);
    return answer
        .apply(request)
        .thenApply(page -> new History(page, OptionalLong.empty(), OptionalLong.empty()));
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return signer.get();
  }

  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    return silent ? new CompletableFuture<>() : CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName name, Bytes delta) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void pinged(Peer peer) {}

  @Override
  public void connected(String localDomain) {}
}
