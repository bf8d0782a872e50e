// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.wavefed.model.Bytes;
import org.wavefed.store.DeltaStore;

/** The part of a delta store that keeps signers, in memory; the rest refuses. */
final class SignerTable {
  final Map<Bytes, Bytes> signers = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();

  DeltaStore store() {
    return (DeltaStore)
        Proxy.newProxyInstance(
            DeltaStore.class.getClassLoader(),
            new Class<?>[] {DeltaStore.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "signer" -> read((Bytes) args[0]);
                  case "putSigner" -> write((Bytes) args[0], (Bytes) args[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private CompletableFuture<Optional<Bytes>> read(Bytes id) {
    reads.incrementAndGet();
    return CompletableFuture.completedFuture(Optional.ofNullable(signers.get(id)));
  }

  private CompletableFuture<Void> write(Bytes id, Bytes info) {
    writes.incrementAndGet();
    signers.put(id, info);
    return CompletableFuture.completedFuture(null);
  }
}
