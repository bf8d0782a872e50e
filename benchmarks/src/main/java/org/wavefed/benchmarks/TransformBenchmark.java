// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wavefed.model.Bytes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.document.TransformedPair;
import org.wavefed.model.document.Transformer;
import org.wavefed.protocol.DocOpCodec;
import org.wavefed.protocol.MalformedMessageException;

/** Transformations of concurrent document operations. */
@State(Scope.Thread)
public class TransformBenchmark {
  private static final int DOCUMENT_SIZE = 5_000;
  private static final int PAIRS = 1_024;

  private record Pair(DocOp client, DocOp server) {
    TransformedPair transform() throws TransformException {
      return Transformer.transform(client, server);
    }
  }

  private final List<Pair> typing = new ArrayList<>();
  private final List<Pair> mixed = new ArrayList<>();
  private int next;

  /** Makes pairs of single-character edits, and reads the random pairs of the vectors. */
  @Setup
  public void prepare() throws IOException, MalformedMessageException, TransformException {
    Random random = new Random(1);
    for (int i = 0; i < PAIRS; i++) {
      typing.add(new Pair(edit(random), edit(random)));
    }
    for (String line : vectors()) {
      if (line.contains("\"handMade\":false") && line.contains("\"converges\":true")) {
        mixed.add(new Pair(op(line, "clientPb"), op(line, "serverPb")));
      }
    }
  }

  private static DocOp edit(Random random) {
    int place = random.nextInt(DOCUMENT_SIZE);
    return random.nextInt(4) == 0
        ? Edits.delete(DOCUMENT_SIZE, place, "x")
        : Edits.insert(DOCUMENT_SIZE, place, "y");
  }

  private static List<String> vectors() throws IOException {
    InputStream file =
        TransformBenchmark.class.getResourceAsStream("/vectors/docop-transform.jsonl");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static DocOp op(String line, String field) throws MalformedMessageException {
    String start = '"' + field + "\":\"";
    int from = line.indexOf(start) + start.length();
    byte[] message = Base64.getDecoder().decode(line.substring(from, line.indexOf('"', from)));
    return DocOpCodec.parse(Bytes.wrap(message));
  }

  /** Single-character edits at random places of a document of 5,000 items. */
  @Benchmark
  public TransformedPair transformTyping() throws TransformException {
    next = (next + 1) % typing.size();
    return typing.get(next).transform();
  }

  /** The random pairs of the vectors: text, elements, attributes and annotations. */
  @Benchmark
  public TransformedPair transformMixed() throws TransformException {
    next = (next + 1) % mixed.size();
    return mixed.get(next).transform();
  }
}
