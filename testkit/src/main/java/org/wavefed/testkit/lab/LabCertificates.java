// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of a lab and the TLS certificates that it issues, made by {@code
 * openssl}. For tests alone: keys lie unprotected in the folder.
 */
public final class LabCertificates {
  private final Path folder;

  private LabCertificates(Path folder) {
    this.folder = folder;
  }

  /** Creates the authority. */
  public static LabCertificates create(Path folder) throws IOException {
    Files.createDirectories(folder);
    LabCertificates made = new LabCertificates(folder);
    made.openssl(
        List.of(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=Wavefed lab",
            "-keyout",
            made.file("ca.key"),
            "-out",
            made.file("ca.crt")));
    return made;
  }

  /** The authority's own certificate, PEM. */
  public Path authority() {
    return folder.resolve("ca.crt");
  }

  /** The private key of {@link #issue}, PEM. */
  public Path key(String domain) {
    return folder.resolve(domain + ".key");
  }

  /** The certificate of {@link #issue}, PEM. */
  public Path certificate(String domain) {
    return folder.resolve(domain + ".crt");
  }

  /** Issues a certificate for the domain and its wave service. */
  public void issue(String domain) throws IOException {
    Path extensions = folder.resolve(domain + ".ext");
    Files.writeString(
        extensions,
        "subjectAltName=DNS:%s,DNS:wave.%s%nbasicConstraints=CA:FALSE%n".formatted(domain, domain));
    String request = file(domain + ".csr");
    openssl(
        List.of(
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=" + domain,
            "-keyout",
            key(domain).toString(),
            "-out",
            request));
    openssl(
        List.of(
            "x509",
            "-req",
            "-in",
            request,
            "-CA",
            file("ca.crt"),
            "-CAkey",
            file("ca.key"),
            "-CAcreateserial",
            "-days",
            "30",
            "-extfile",
            extensions.toString(),
            "-out",
            certificate(domain).toString()));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void openssl(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    LabProcess.run(folder.resolve("openssl.log"), command);
  }
}
