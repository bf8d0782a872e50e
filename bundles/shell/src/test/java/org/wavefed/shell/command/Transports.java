// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.lang.reflect.Proxy;
import org.wavefed.transport.FederationTransport;

/** Transports of which nothing but the kind matters. */
final class Transports {
  private Transports() {}

  /** One that serves no domain now. */
  static FederationTransport ofKind(String kind) {
    return (FederationTransport)
        Proxy.newProxyInstance(
            FederationTransport.class.getClassLoader(),
            new Class<?>[] {FederationTransport.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "kind" -> kind;
                  case "serves" -> false;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
