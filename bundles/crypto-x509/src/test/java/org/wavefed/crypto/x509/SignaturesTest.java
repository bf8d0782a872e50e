// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.model.Bytes;

class SignaturesTest {
  private static final PrivateKey RSA = Authorities.ACME.key();
  private static final PublicKey RSA_PUBLIC = Authorities.ACME.leaf().getPublicKey();

  static Stream<Signatures> providers() {
    return Stream.of(Signatures.jdk(), Signatures.fastest());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void threadsShouldNotDisturbEachOther(Signatures signatures) throws Exception {
    PrivateKey key = signatures.privateKey(RSA);
    PublicKey publicKey = signatures.publicKey(RSA_PUBLIC);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Bytes content = Bytes.wrap(new byte[] {(byte) i});
        Bytes other = Bytes.wrap(new byte[] {(byte) (i + 1)});
        results.add(
            threads.submit(
                () -> {
                  Bytes made = signatures.sign(SignatureAlgorithm.SHA1_RSA, key, content);
                  return signatures.matches(SignatureAlgorithm.SHA1_RSA, publicKey, content, made)
                      && !signatures.matches(SignatureAlgorithm.SHA1_RSA, publicKey, other, made);
                }));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get(30, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void keyOfAnotherKindShouldBeRefused(Signatures signatures) {
    assertThatThrownBy(() -> signatures.sign(SignatureAlgorithm.ED25519, RSA, Bytes.EMPTY))
        .isInstanceOf(InvalidKeyException.class);
    assertThat(signatures.matches(SignatureAlgorithm.ED25519, RSA_PUBLIC, Bytes.EMPTY, Bytes.EMPTY))
        .isFalse();
  }

  @Test
  void nativeProviderShouldLoadOnLinuxAndStayUnregistered() {
    assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .isEqualTo("Linux amd64");
    assertThat(Signatures.fastest().provider()).startsWith("AmazonCorrettoCryptoProvider 2.5");
    assertThat(Signatures.jdk().provider()).isEqualTo("JDK");
    assertThat(java.security.Security.getProvider("AmazonCorrettoCryptoProvider")).isNull();
  }
}
