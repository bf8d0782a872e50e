// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.wavefed.configuration.OneOf;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;

/** The configuration {@code org.wavefed.crypto.x509}; relative paths start at the server's base. */
@ObjectClassDefinition(
    id = X509Config.PID,
    name = "Wavefed certificates",
    description = "Signing keys, trust roots and how signatures are verified")
@interface X509Config {
  /** The configuration's PID. */
  String PID = "org.wavefed.crypto.x509";

  @AttributeDefinition(
      name = "Trust roots",
      description = "PEM files, or folders of *.pem, *.crt and *.cer, separated by commas")
  String trust_roots() default "etc/wavefed/trust";

  @AttributeDefinition(
      name = "Trust the platform's roots",
      description = "Trust every certificate authority that the Java platform trusts, too")
  boolean trust_system() default false;

  @AttributeDefinition(
      name = "Keys folder",
      description = "Holds DOMAIN.key, DOMAIN.csr and DOMAIN.crt, all PEM")
  String keys_dir() default "etc/wavefed/keys";

  @AttributeDefinition(
      name = "Accept common names",
      description = "For old peers: a certificate may name its domain by its CN alone")
  boolean accept_common_name() default false;

  @AttributeDefinition(
      name = "Signer id hash",
      description = "SHA256 or SHA512: how the ids of our signers are computed")
  @OneOf({"SHA256", "SHA512"})
  String signer_hash() default "SHA256";

  @AttributeDefinition(
      name = "RSA signature",
      description = "SHA1_RSA, which every server knows, or SHA256_RSA, for newer servers alone")
  @OneOf({"SHA1_RSA", "SHA256_RSA"})
  String rsa_signature() default "SHA1_RSA";

  @AttributeDefinition(
      name = "Native provider",
      description = "Sign with native code where it loads; otherwise, or if false, with the JDK")
  boolean provider_native() default true;

  /** Makes settings of a configuration. */
  final class Reader {
    private static final Duration RECHECK = Duration.ofSeconds(3);

    private Reader() {}

    static Settings read(X509Config config, Path base) {
      return new Settings(
          paths(config.trust_roots(), base),
          config.trust_system(),
          base.resolve(config.keys_dir().strip()),
          config.accept_common_name(),
          HashAlgorithm.valueOf(config.signer_hash()),
          SignatureAlgorithm.valueOf(config.rsa_signature()),
          config.provider_native(),
          RECHECK);
    }

    private static List<Path> paths(String list, Path base) {
      return Arrays.stream(list.split(",", -1))
          .map(String::strip)
          .filter(path -> !path.isEmpty())
          .map(base::resolve)
          .toList();
    }
  }
}
