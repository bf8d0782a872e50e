// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.wavefed.testkit.ca.IssuedCertificate;

/** What counts when a part of the configuration makes no sense. */
class X509ConfigTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";

  @TempDir Path folder;

  @BeforeEach
  void keys() {
    Authorities.ROOT.write(folder.resolve("root.pem"));
    write(Authorities.ACME, ACME);
    write(Authorities.ED25519, INITECH);
  }

  private void write(IssuedCertificate key, String domain) {
    key.write(folder.resolve(domain), domain);
  }

  private static X509Crypto crypto(Map<String, Object> properties) {
    BundleContext context =
        (BundleContext)
            Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null);
    return new X509Crypto(properties, context);
  }

  /** Those with a folder that holds the keys of one domain. */
  private Map<String, Object> properties(String domain, String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("keys.dir", folder.resolve(domain).toString());
    properties.put("trust.roots", folder.resolve("root.pem").toString());
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  @ParameterizedTest
  @CsvSource({
    "signer.hash, MD5",
    "signer.hash, ''",
    "rsa.signature, ED25519",
    "trust.system, yes",
    "accept.common.name, 1",
    "provider.native, fast",
  })
  void allShouldStayAsItWasWhenOneValueMakesNoSense(String key, String value) {
    X509Crypto crypto = crypto(properties(ACME));
    crypto.modified(properties(INITECH, key, value));
    assertThat(crypto.domains()).containsExactly(ACME);
    crypto.modified(properties(INITECH));
    assertThat(crypto.domains()).containsExactly(INITECH);
  }

  @Test
  void defaultShouldCountAtTheStartInThePlaceOfAValueThatMakesNoSense() {
    X509Crypto crypto = crypto(properties(ACME, "signer.hash", "MD5", "rsa.signature", "none"));
    assertThat(crypto.signerInfo(ACME).hashAlgorithm()).hasToString("SHA256");
  }

  @Test
  void wordsShouldCountInAnyCase() {
    X509Crypto crypto = crypto(properties(ACME, "signer.hash", " sha512"));
    assertThat(crypto.signerInfo(ACME).hashAlgorithm()).hasToString("SHA512");
  }
}
