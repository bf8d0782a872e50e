// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.HashChain;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.server.Limits;
import org.wavefed.server.Refusals;
import org.wavefed.server.Services;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.store.StoredDelta;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.SignerRequest;

/** Answers what peers ask about the wavelets that we host. Access is somebody else's. */
final class Answers {
  private final Wavelets wavelets;
  private final Services services;
  private final Supplier<Limits> limits;
  private final Map<SignerId, SignerInfo> ourSigners;

  /**
   * @param ourSigners the signers that we signed with since the start
   */
  Answers(
      Wavelets wavelets,
      Services services,
      Supplier<Limits> limits,
      Map<SignerId, SignerInfo> ourSigners) {
    this.wavelets = wavelets;
    this.services = services;
    this.limits = limits;
    this.ourSigners = ourSigners;
  }

  // ---- history

  /**
   * A part of the history, at least one delta if the range has one.
   *
   * @param now the wavelet now
   * @param until the version up to which the peer may know it
   */
  CompletionStage<History> history(HistoryRequest request, TrackedCopy now, long until) {
    long from = request.start().version();
    long to = request.end().version();
    if (from > to) {
      throw refuse(FailureReason.BAD_REQUEST, "the range ends at " + to + ", before it starts");
    }
    if (to > until) {
      throw refuse(
          FailureReason.NOT_AUTHORIZED,
          "your last participant of " + request.wavelet() + " left at version " + until);
    }
    return requireKnown(request.wavelet(), request.start(), now)
        .thenCompose(start -> requireKnown(request.wavelet(), request.end(), now))
        .thenCompose(end -> page(request, from, to))
        .thenApply(page -> history(page, to, Math.min(until, now.version().version())));
  }

  private CompletionStage<List<StoredDelta>> page(HistoryRequest request, long from, long to) {
    return from == to
        ? CompletableFuture.completedStage(List.of())
        : wavelets.page(request.wavelet(), from, to, maxBytes(request.lengthLimit()));
  }

  /** The limit counts characters, and four of base64 carry three bytes. */
  private long maxBytes(OptionalLong lengthLimit) {
    long most = limits.get().historyBytes();
    return lengthLimit.isEmpty()
        ? most
        : Math.max(1, Math.min(most, lengthLimit.getAsLong() / 4 * 3));
  }

  private static History history(List<StoredDelta> page, long to, long committed) {
    long last = page.isEmpty() ? to : page.get(page.size() - 1).resulting().version();
    return new History(
        page.stream().map(StoredDelta::applied).toList(),
        OptionalLong.of(committed),
        last < to ? OptionalLong.of(last) : OptionalLong.empty());
  }

  private CompletionStage<Void> requireKnown(
      WaveletName wavelet, HashedVersion asked, TrackedCopy now) {
    return at(wavelet, asked.version(), now)
        .thenAccept(
            ours -> {
              if (ours.isEmpty()) {
                throw refuse(
                    FailureReason.ITEM_NOT_FOUND,
                    "no delta of " + wavelet + " ends at version " + asked.version());
              }
              if (!ours.get().equals(asked)) {
                throw refuse(
                    FailureReason.NOT_ACCEPTABLE,
                    "version " + asked.version() + " of " + wavelet + " has another hash");
              }
            });
  }

  private CompletionStage<Optional<HashedVersion>> at(
      WaveletName wavelet, long version, TrackedCopy now) {
    if (version == 0) {
      return CompletableFuture.completedStage(Optional.of(HashChain.versionZero(wavelet)));
    }
    if (version >= now.version().version()) {
      return CompletableFuture.completedStage(
          Optional.of(now.version()).filter(head -> head.version() == version));
    }
    return wavelets
        .store()
        .endingAt(wavelet, version)
        .thenApply(delta -> delta.map(StoredDelta::resulting));
  }

  // ---- signers

  /** The signer of the delta that ends at the version asked about. */
  CompletionStage<SignerInfo> signer(SignerRequest request, long until) {
    HashedVersion after = request.after();
    if (after.version() > until) {
      throw refuse(
          FailureReason.NOT_AUTHORIZED,
          "your last participant of " + request.wavelet() + " left at version " + until);
    }
    return wavelets
        .store()
        .endingAt(request.wavelet(), after.version())
        .thenCompose(
            delta -> {
              if (delta.filter(it -> isSignedBy(it, after, request.signer())).isEmpty()) {
                throw refuse(
                    FailureReason.ITEM_NOT_FOUND,
                    "no delta of "
                        + request.wavelet()
                        + " that ends at "
                        + after
                        + " is signed by "
                        + request.signer());
              }
              return find(request.signer());
            });
  }

  private static boolean isSignedBy(StoredDelta delta, HashedVersion after, SignerId signer) {
    try {
      return delta.resulting().equals(after)
          && AppliedDelta.parse(delta.applied()).signed().signatures().stream()
              .anyMatch(signature -> signature.signer().equals(signer));
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  private CompletionStage<SignerInfo> find(SignerId id) {
    SignerInfo ours = ourSigners.get(id);
    if (ours != null) {
      return CompletableFuture.completedStage(ours);
    }
    return services
        .signers(store -> store.find(id))
        .thenApply(
            found ->
                found.orElseThrow(
                    () -> refuse(FailureReason.ITEM_NOT_FOUND, "we do not have signer " + id)));
  }

  private static FederationException refuse(FailureReason reason, String message) {
    return Refusals.refuse(reason, message);
  }
}
