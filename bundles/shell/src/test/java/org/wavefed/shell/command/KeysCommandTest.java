// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SigningKeys;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;

class KeysCommandTest implements SigningKeys {
  @TempDir Path directory;
  private final List<String> calls = new ArrayList<>();

  @Override
  public List<KeyStatus> list() {
    return List.of(status());
  }

  private static KeyStatus status() {
    return new KeyStatus(
        "acmewave.example",
        SignatureAlgorithm.SHA1_RSA,
        Path.of("/keys/acmewave.key"),
        "in use",
        "CN=acmewave.example",
        "CN=CA",
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2027-01-01T00:00:00Z"));
  }

  @Override
  public String create(String domain, SignatureAlgorithm algorithm) {
    calls.add("create " + domain + " " + algorithm);
    return "REQUEST\n";
  }

  @Override
  public KeyStatus importChain(String domain, String pem) {
    calls.add("import " + domain + " " + pem);
    return status();
  }

  @Test
  void listShouldShowUseAndExpiry() throws Exception {
    assertThat(run("list", "", "", true))
        .isEqualTo(
            "acmewave.example\tsha1-rsa\tin use\t2026-01-01T00:00:00Z\t2027-01-01T00:00:00Z\tCN=CA"
                + "\t/keys/acmewave.key\n");
  }

  @Test
  void createShouldPrintTheRequest() throws Exception {
    assertThat(run("create", "ACMEWAVE.example", "", false)).isEqualTo("REQUEST\n");
    assertThat(calls).containsExactly("create acmewave.example SHA1_RSA");
  }

  @Test
  void createShouldMakeNoKeyWhenTheFileIsThereAlready() throws Exception {
    Files.createFile(directory.resolve("there.csr"));
    KeysCommand command = new KeysCommand();
    command.action = "create";
    command.domain = "acmewave.example";
    command.to = "there.csr";
    assertThatThrownBy(() -> run(command))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("there.csr is there already");
    assertThat(calls).isEmpty();
  }

  @Test
  void importShouldReadTheFile() throws Exception {
    Files.writeString(directory.resolve("chain.pem"), "CHAIN");
    run("import", "acmewave.example", "chain.pem", false);
    assertThat(calls).containsExactly("import acmewave.example CHAIN");
  }

  @Test
  void importShouldRefuseWhatIsMissingOrTooLarge() throws Exception {
    Files.write(directory.resolve("large.pem"), new byte[65 * 1024]);
    assertThatThrownBy(() -> run("import", "acmewave.example", "none.pem", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("there is no file");
    assertThatThrownBy(() -> run("import", "acmewave.example", "large.pem", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("larger than 64 KiB");
    assertThatThrownBy(() -> run("import", "", "large.pem", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("name the domain");
  }

  @Test
  void actionShouldBeRefusedWhenItIsUnknown() {
    assertThatThrownBy(() -> run("destroy", "", "", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("list, create or import");
  }

  private String run(String action, String domain, String file, boolean noFormat) throws Exception {
    KeysCommand command = new KeysCommand();
    command.action = action;
    command.domain = domain;
    command.file = file;
    command.noFormat = noFormat;
    return run(command);
  }

  private String run(KeysCommand command) throws Exception {
    Output output = new Output();
    command.session = FakeSession.headless(directory);
    command.out = output.stream();
    command.notes = new Output().stream();
    command.run(new FakeServices().with(this));
    return output.text();
  }
}
