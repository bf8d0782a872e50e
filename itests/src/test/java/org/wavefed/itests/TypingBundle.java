// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.wavefed.itests.typing.TypingActivator;

/** Packs the classes that run in the server. */
final class TypingBundle {
  private static final String IMPORTS =
      String.join(
          ",",
          "org.apache.karaf.features",
          "org.osgi.framework",
          "org.osgi.framework.wiring",
          "org.osgi.util.tracker",
          "org.wavefed.model",
          "org.wavefed.model.conversation",
          "org.wavefed.model.id",
          "org.wavefed.model.wavelet",
          "org.wavefed.transport",
          "org.wavefed.wave");

  private TypingBundle() {}

  /** Writes the jar, and returns where. */
  static Path write(Path jar, Path portFile) throws IOException {
    Class<?> activator = TypingActivator.class;
    String folder = activator.getPackageName().replace('.', '/') + '/';
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest(portFile));
        DirectoryStream<Path> classes = Files.newDirectoryStream(folderOf(activator), "*.class")) {
      for (Path one : classes) {
        out.putNextEntry(new ZipEntry(folder + one.getFileName()));
        Files.copy(one, out);
      }
    }
    return jar;
  }

  private static Path folderOf(Class<?> type) throws IOException {
    try {
      return Path.of(type.getResource(type.getSimpleName() + ".class").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Manifest manifest(Path portFile) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", TypingActivator.class.getPackageName());
    headers.putValue("Bundle-Activator", TypingActivator.class.getName());
    headers.putValue("Import-Package", IMPORTS);
    headers.putValue(TypingActivator.PORT_FILE, portFile.toString());
    return manifest;
  }
}
