// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SigningKeys;
import org.wavefed.crypto.SigningKeys.KeyStatus;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Table;
import org.wavefed.shell.Times;
import org.wavefed.shell.completer.AlgorithmCompleter;
import org.wavefed.shell.completer.KeysActionCompleter;
import org.wavefed.shell.completer.LocalDomainCompleter;
import org.wavefed.wave.WaveService;

/** {@code wave:keys}. */
@Service
@Command(
    scope = "wave",
    name = "keys",
    description = "Shows, makes and certifies the keys that this server signs with",
    detailedDescription =
        "list shows every key, what it is used for and until when its certificate is valid.\n"
            + "create DOMAIN makes a key, which stays on this machine and is never shown, and"
            + " prints a certificate request (PKCS#10) for the certificate authority.\n"
            + "import DOMAIN FILE takes the certificate chain that came back (PEM, the domain's"
            + " certificate first) into use at once.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:keys list\n"
            + "  wave:keys --to /tmp/acmewave.csr create acmewave.example\n"
            + "  wave:keys --algorithm ed25519 create acmewave.example\n"
            + "  wave:keys import acmewave.example /tmp/acmewave-chain.pem")
public final class KeysCommand extends WaveCommand {
  private static final long LARGEST_CHAIN = 64 * 1024;

  @Option(
      name = "-a",
      aliases = "--algorithm",
      description =
          "For create: sha1-rsa, which every server understands, sha256-rsa or ed25519. Example:"
              + " --algorithm sha1-rsa")
  @Completion(AlgorithmCompleter.class)
  String algorithm = "sha1-rsa";

  @Option(
      valueToShowInHelp = "",
      name = "--to",
      description =
          "For create: write the certificate request to this file, which must not be there yet."
              + " Example: --to /tmp/acmewave.csr")
  @Completion(FileCompleter.class)
  String to = "";

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Argument(index = 0, name = "action", description = "list, create or import. Example: list")
  @Completion(KeysActionCompleter.class)
  String action = "list";

  @Argument(
      valueToShowInHelp = "",
      index = 1,
      name = "domain",
      description = "For create and import: the domain that signs. Example: acmewave.example")
  @Completion(LocalDomainCompleter.class)
  String domain = "";

  @Argument(
      valueToShowInHelp = "",
      index = 2,
      name = "file",
      description = "For import: the certificate chain. Example: /tmp/acmewave-chain.pem")
  @Completion(FileCompleter.class)
  String file = "";

  @Override
  void run(Services services) {
    SigningKeys keys = services.need(SigningKeys.class);
    switch (action) {
      case "list" -> list(keys.list());
      case "create" -> create(services, keys);
      case "import" -> list(List.of(importChain(keys)));
      default ->
          throw new Refusal(
              "'" + action + "' is nothing to do with keys: write list, create or import");
    }
  }

  private void list(List<KeyStatus> keys) {
    Table table =
        new Table(
            "No key yet: wave:keys create DOMAIN makes one.",
            "DOMAIN",
            "ALGORITHM",
            "STATE",
            "VALID FROM",
            "VALID UNTIL",
            "ISSUER",
            "FILE");
    for (KeyStatus key : keys) {
      table.row(
          key.domain(),
          name(key.algorithm()),
          key.state(),
          time(key.notBefore()),
          time(key.notAfter()),
          key.issuer(),
          key.keyFile());
    }
    table.print(out, !noFormat, width());
  }

  private void create(Services services, SigningKeys keys) {
    String signing = needDomain();
    SignatureAlgorithm chosen = algorithm();
    Path target = to.isEmpty() ? null : path(to);
    if (target != null && Files.exists(target)) {
      throw new Refusal(target + " is there already: choose another file");
    }
    String request = keys.create(signing, chosen);
    PrintStream hints = target == null ? notes : out;
    if (target == null) {
      out.print(request);
    } else {
      write(target, request);
    }
    hints.println(
        "Have the certificate authority sign the request, then: wave:keys import "
            + signing
            + " FILE");
    Set<String> served =
        services.find(WaveService.class).map(WaveService::localDomains).orElse(Set.of(signing));
    if (!served.contains(signing)) {
      hints.println(
          "This server does not serve "
              + signing
              + " yet: add it to domains in etc/org.wavefed.server.cfg.");
    }
  }

  private KeyStatus importChain(SigningKeys keys) {
    String signing = needDomain();
    if (file.isEmpty()) {
      throw new Refusal("name the file of the chain: wave:keys import " + signing + " FILE");
    }
    return keys.importChain(signing, readChain(path(file)));
  }

  private String needDomain() {
    if (domain.isEmpty()) {
      throw new Refusal("name the domain: wave:keys " + action + " acmewave.example");
    }
    return Addresses.domain(domain);
  }

  private SignatureAlgorithm algorithm() {
    return Stream.of(SignatureAlgorithm.values())
        .filter(known -> name(known).equals(algorithm.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new Refusal(algorithm + ": choose sha1-rsa, sha256-rsa or ed25519"));
  }

  private static String name(SignatureAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Path path(String typed) {
    return session.currentDir().resolve(typed);
  }

  private static String readChain(Path path) {
    try {
      if (Files.size(path) > LARGEST_CHAIN) {
        throw new Refusal(path + " is larger than 64 KiB: that is no certificate chain");
      }
      return Files.readString(path, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      throw new Refusal("there is no file " + path, e);
    } catch (IOException e) {
      throw new Refusal("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Refusal(path + " is there already: choose another file", e);
    } catch (IOException e) {
      throw new Refusal("the key was made, but cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  private static Table.Cell time(Instant instant) {
    return instant.equals(Instant.EPOCH)
        ? new Table.Cell("-", "")
        : new Table.Cell(Times.here().full(instant).substring(0, 10), instant.toString());
  }
}
