// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.karaf.shell.api.console.Session;

/** A session without a terminal that remembers variables, and does nothing else. */
public final class FakeSession {
  private FakeSession() {}

  public static Session headless(Path directory) {
    Map<Object, Object> variables = new HashMap<>();
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "get" -> variables.get(arguments[0]);
                  case "put" -> {
                    variables.put(arguments[0], arguments[1]);
                    yield null;
                  }
                  case "getTerminal" -> null;
                  case "currentDir" -> directory;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
