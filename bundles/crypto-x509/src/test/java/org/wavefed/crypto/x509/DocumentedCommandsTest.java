// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.model.Bytes;

/** The OpenSSL commands of {@code docs/certificates.md} do what it says. */
class DocumentedCommandsTest {
  private static final String DOMAIN = "acmewave.example";
  private static final Path PAGE = Path.of(System.getProperty("wavefed.docs"), "certificates.md");

  @TempDir Path folder;

  @Test
  void labAuthorityShouldCertifyOurRequest() throws IOException, InterruptedException {
    X509Crypto crypto =
        new X509Crypto(
            Settings.of(folder.resolve("lab-root.pem"), folder.resolve("keys"))
                .withRecheck(java.time.Duration.ZERO),
            InstantSource.system());
    crypto.bindStore(new SignerTable().store());
    Files.writeString(
        folder.resolve(DOMAIN + ".csr"), crypto.create(DOMAIN, SignatureAlgorithm.SHA1_RSA));

    run(commands());
    crypto.importChain(DOMAIN, Files.readString(folder.resolve("chain.pem")));

    Bytes delta = Bytes.wrap(new byte[] {1});
    DeltaSignature made = crypto.sign(DOMAIN, delta);
    assertThat(Failures.of(crypto.verify(delta, List.of(DOMAIN), List.of(made)))).isEmpty();
  }

  private static String commands() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```sh\n", page.indexOf("<!-- A test runs")) + 6;
    return page.substring(start, page.indexOf("```", start));
  }

  private void run(String script) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process shell =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(shell.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      shell.destroyForcibly();
    }
  }
}
