// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import org.wavefed.store.Append;
import org.wavefed.store.DeltaStore;

/** Notes when a store says that a delta is durable, before it tells the server. */
final class MarkingStore {
  private MarkingStore() {}

  static DeltaStore around(DeltaStore store, Marks marks) {
    return (DeltaStore)
        Proxy.newProxyInstance(
            DeltaStore.class.getClassLoader(),
            new Class<?>[] {DeltaStore.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(store, arguments);
                return arguments != null && arguments[0] instanceof Append append
                    ? marked((CompletionStage<?>) answer, append, marks)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static CompletionStage<?> marked(CompletionStage<?> answer, Append append, Marks marks) {
    return answer.thenApply(
        durable -> {
          long now = System.nanoTime();
          append
              .deltas()
              .forEach(
                  delta ->
                      marks.add(
                          Marks.What.DURABLE, append.wavelet(), delta.resulting().version(), now));
          return null;
        });
  }
}
