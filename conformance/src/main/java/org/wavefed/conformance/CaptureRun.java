// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wavefed.xmpp.stanza.ParsedStanza;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.XmlWriter;
import org.xml.sax.SAXException;

/**
 * Reads every captured stanza of a folder to its typed form and writes it again. What the protocol
 * does not allow passes when it is refused as a server would.
 */
final class CaptureRun {
  private final PrintStream out;
  private final Tally tally;

  CaptureRun(PrintStream out) {
    this.out = out;
    this.tally = new Tally(out);
  }

  /**
   * Runs the folder and prints what failed, what was refused and how, and the sums.
   *
   * @throws UsageException if the folder has no stanzas
   */
  Tally run(Path folder) throws IOException, UsageException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.sorted().filter(file -> file.toString().endsWith(".xml")).toList();
    }
    if (files.isEmpty()) {
      throw new UsageException(folder + " has no stanzas: no file ends in .xml");
    }
    for (Path file : files) {
      run(String.valueOf(file.getFileName()), new String(Files.readAllBytes(file), UTF_8));
    }
    tally.printSums();
    return tally;
  }

  private void run(String name, String xml) {
    ParsedStanza parsed = StanzaCodec.read(xml);
    if (parsed instanceof ParsedStanza.Refused refused) {
      out.printf("REFUSED %s: %s%n    %s%n", name, refused.text(), answer(refused.answer()));
      tally.passed();
      return;
    }
    Stanza stanza = ((ParsedStanza.Accepted) parsed).stanza();
    try {
      Optional<String> difference = XmlEquality.difference(xml, written(stanza));
      difference.ifPresentOrElse(
          found -> tally.failed(name, List.of("written again: " + found)), tally::passed);
    } catch (IOException | SAXException e) {
      tally.failed(name, List.of("not XML: " + e.getMessage()));
    }
  }

  private static String answer(Optional<Stanza> answer) {
    return answer
        .map(CaptureRun::written)
        .orElse("no answer: it asks for none, or does not say whom to answer");
  }

  private static String written(Stanza stanza) {
    return XmlWriter.write(StanzaCodec.write(stanza), Element.STANZAS);
  }
}
