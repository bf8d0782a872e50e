// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping.federation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/** Serves one domain and answers at once, by hand, or by throwing. */
final class FakeTransport implements FederationTransport {
  private final String kind;
  private final String domain;
  private final CompletableFuture<String> discovery = new CompletableFuture<>();
  private final CompletableFuture<Void> answer = new CompletableFuture<>();
  private final List<Route> pinged = new ArrayList<>();
  private boolean byHand;
  private boolean failing;

  FakeTransport(String domain) {
    this("fake", domain);
  }

  FakeTransport(String kind, String domain) {
    this.kind = kind;
    this.domain = domain;
  }

  FakeTransport answeringByHand() {
    byHand = true;
    return this;
  }

  FakeTransport failing() {
    failing = true;
    return this;
  }

  CompletableFuture<String> discovery() {
    return discovery;
  }

  CompletableFuture<Void> answer() {
    return answer;
  }

  List<Route> pinged() {
    return pinged;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public boolean serves(String localDomain) {
    return domain.equals(localDomain);
  }

  @Override
  public CompletionStage<String> discover(Route route, Duration timeout) {
    if (failing) {
      throw new IllegalStateException("broken");
    }
    if (!byHand) {
      discovery.complete("wave." + route.peerDomain());
    }
    return discovery;
  }

  @Override
  public CompletionStage<Void> ping(Route route, Duration timeout) {
    pinged.add(route);
    if (!byHand) {
      answer.complete(null);
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> update(Route route, WaveletUpdate update, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<SubmitResult> submit(
      Route route, WaveletName wavelet, Bytes signedDelta, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<History> history(Route route, HistoryRequest request, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<SignerInfo> signer(Route route, SignerRequest request, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> postSigner(Route route, SignerInfo signer, Duration timeout) {
    throw new UnsupportedOperationException();
  }
}
