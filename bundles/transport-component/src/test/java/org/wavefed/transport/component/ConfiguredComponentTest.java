// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.wavefed.smack.SmackReady;
import org.wavefed.xmpp.endpoint.OpenCalls;

/** What counts when a part of the configuration makes no sense. */
class ConfiguredComponentTest {
  private final ComponentThreads threads = new ComponentThreads();

  /** The transports that are offered now. */
  private final List<ComponentTransport> offered = new ArrayList<>();

  private ConfiguredComponent configured;

  private BundleContext context() {
    return proxy(
        BundleContext.class,
        arguments -> {
          ComponentTransport transport = (ComponentTransport) arguments[1];
          offered.add(transport);
          return proxy(ServiceRegistration.class, none -> offered.remove(transport));
        });
  }

  private interface Call {
    Object of(Object[] arguments);
  }

  /** There is no framework in this test. */
  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "registerService" -> call.of(arguments);
                  case "unregister" -> {
                    call.of(arguments);
                    yield null;
                  }
                  default -> null;
                }));
  }

  private static Map<String, Object> properties(String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "org.wavefed.transport.component~default");
    properties.put("domain", "acmewave.example");
    properties.put("host", "127.0.0.1");
    properties.put("port", "1");
    properties.put("secret", "s3cr3t");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  private void start(String... more) {
    configured =
        new ConfiguredComponent(
            context(), properties(more), threads, new OpenCalls(), new SmackReady("test"));
  }

  @AfterEach
  void stop() {
    configured.stop();
    threads.close();
    assertThat(offered).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "port, 70000",
    "port, none",
    "host, 127.0.0.1:5347",
    "host, ''",
    "secret, ''",
    "domain, not a domain",
    "address, x y",
    "stanza.bytes.max, 65535",
    "queue.bytes.max, much",
    "calls.in.hand.max, 0",
  })
  void transportShouldGoOnAsItWasWhenAValueMakesNoSense(String key, String value) {
    start();
    ComponentTransport before = offered.get(0);
    configured.modified(properties("identity.type", "apache-wave", key, value));
    assertThat(offered).containsExactly(before);
    assertThat(before.settings().identityType()).isEqualTo("google-wave");
    configured.modified(properties("identity.type", "apache-wave"));
    assertThat(offered).hasSize(1).doesNotContain(before);
  }

  @Test
  void defaultsShouldCountAtTheStartInThePlaceOfNumbersThatMakeNoSense() {
    start("port", "none", "calls.in.flight.max", "0");
    assertThat(offered.get(0).settings().port()).isEqualTo(5347);
    assertThat(offered.get(0).settings().limits()).isEqualTo(ComponentSettings.Limits.DEFAULT);
  }

  @Test
  void nothingShouldBeOfferedUntilThereIsASecret() {
    start("secret", "");
    assertThat(offered).isEmpty();
    configured.modified(properties());
    assertThat(offered).hasSize(1);
  }

  @Test
  void transportShouldEndWhenItsDomainIsTakenOut() {
    start();
    configured.modified(properties("domain", ""));
    assertThat(offered).isEmpty();
  }
}
