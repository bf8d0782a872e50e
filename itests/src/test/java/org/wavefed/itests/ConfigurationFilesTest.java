// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The files that operators edit say what the bundles read: every key, with its true default. */
public class ConfigurationFilesTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("wavefed.checkout"));
  private static final Pattern LINE =
      Pattern.compile("^([a-z.]+) = \\$\\{env:(WAVEFED_[A-Z0-9_]+):-(.*)}$", Pattern.MULTILINE);

  @Test
  public void filesShouldHaveEveryKeyOfTheBundlesWithItsDefault() throws Exception {
    Map<String, Map<String, String>> read = readByBundles();
    Map<String, Map<String, String>> files = new TreeMap<>();
    for (Path file : files()) {
      files.put(pid(file), keys(file));
    }
    assertThat(files.keySet()).isEqualTo(read.keySet());
    for (String pid : files.keySet()) {
      assertThat(files.get(pid).keySet()).as(pid).isEqualTo(read.get(pid).keySet());
      read.get(pid)
          .forEach((key, value) -> expectDefault(pid, key, value, files.get(pid).get(key)));
    }
  }

  /** An empty default is worked out by the bundle; the file may say what the distribution wants. */
  private static void expectDefault(String pid, String key, String inBundle, String inFile) {
    if (!inBundle.isEmpty()) {
      assertThat(inFile).as("default of %s in %s", key, pid).isEqualTo(inBundle);
    }
  }

  @Test
  public void everyKeyShouldBeExplained() throws IOException {
    List<String> bare = new ArrayList<>();
    for (Path file : files()) {
      String before = "";
      for (String line : Files.readAllLines(file)) {
        if (LINE.matcher(line).matches() && !before.startsWith("# ")) {
          bare.add(file.getFileName() + ": " + line);
        }
        before = line;
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  public void environmentVariablesShouldMeanOneThing() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files()) {
      Matcher line = LINE.matcher(Files.readString(file));
      while (line.find()) {
        names.add(line.group(2));
      }
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  private static List<Path> files() throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(CHECKOUT.resolve("features/src/main/cfg"), "*.cfg")) {
      List<Path> files = new ArrayList<>();
      found.forEach(files::add);
      return files;
    }
  }

  /** {@code org.wavefed.transport.component-default.cfg} configures the factory without its end. */
  private static String pid(Path file) {
    return file.getFileName().toString().replaceFirst("(-default)?\\.cfg$", "");
  }

  private static Map<String, String> keys(Path file) throws IOException {
    Map<String, String> keys = new TreeMap<>();
    Matcher line = LINE.matcher(Files.readString(file));
    while (line.find()) {
      keys.put(line.group(1), line.group(3));
    }
    return keys;
  }

  /** From the metatype that each bundle carries: PID to key to default. */
  private static Map<String, Map<String, String>> readByBundles() throws Exception {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (String name : Bundles.inFeatures(CHECKOUT)) {
      try (JarFile jar = new JarFile(Bundles.jar(CHECKOUT, name).toFile())) {
        for (Enumeration<JarEntry> i = jar.entries(); i.hasMoreElements(); ) {
          JarEntry entry = i.nextElement();
          if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
            addMetatype(all, parse(jar.getInputStream(entry)));
          }
        }
      }
    }
    return all;
  }

  private static Document parse(InputStream xml)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
  }

  private static void addMetatype(Map<String, Map<String, String>> all, Document metatype) {
    Map<String, String> keys = new TreeMap<>();
    NodeList attributes = metatype.getElementsByTagName("AD");
    for (int i = 0; i < attributes.getLength(); i++) {
      Element attribute = (Element) attributes.item(i);
      // Metatype escapes commas and spaces, which would part the values of a list.
      keys.put(
          attribute.getAttribute("id"),
          attribute.getAttribute("default").replaceAll("\\\\(.)", "$1"));
    }
    Element designate = (Element) metatype.getElementsByTagName("Designate").item(0);
    String factory = designate.getAttribute("factoryPid");
    all.put(factory.isEmpty() ? designate.getAttribute("pid") : factory, keys);
  }
}
