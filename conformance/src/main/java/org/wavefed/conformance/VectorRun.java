// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs every vector of a folder. */
final class VectorRun {
  private final Tally tally;
  private final Map<String, Check> checks = new HashMap<>();
  private final SignerChecks signers = new SignerChecks();

  VectorRun(PrintStream out) {
    this.tally = new Tally(out);
    checks.putAll(DocOpChecks.byKind());
    checks.putAll(WaveletChecks.byKind());
    checks.putAll(DeltaSequenceCheck.byKind());
    checks.putAll(IdChecks.byKind());
    checks.putAll(signers.byKind());
  }

  /**
   * Runs the folder and prints what failed, what was skipped by which rule, and the sums.
   *
   * @throws UsageException if the folder has no vectors
   */
  Tally run(Path folder) throws IOException, UsageException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.sorted().filter(file -> !isForPeople(name(file))).toList();
    }
    if (files.stream().noneMatch(file -> name(file).endsWith(".jsonl"))) {
      throw new UsageException(folder + " has no vectors: no file ends in .jsonl");
    }
    List<Vector> vectors = new ArrayList<>();
    for (Path file : files) {
      read(file, vectors);
    }
    vectors.forEach(this::run);
    tally.printSums();
    return tally;
  }

  private static boolean isForPeople(String name) {
    return name.endsWith(".md") || name.startsWith(".");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private void read(Path file, List<Vector> vectors) throws IOException {
    if (!name(file).endsWith(".jsonl") || !Files.isRegularFile(file)) {
      tally.failed(name(file), List.of("this is no vector file"));
      return;
    }
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        JsonNode json = ModelJson.MAPPER.readTree(lines.get(i));
        signers.collect(json);
        vectors.add(new Vector(name(file), i + 1, json));
      } catch (JsonProcessingException e) {
        tally.failed(name(file) + ":" + (i + 1), List.of("no JSON: " + e.getOriginalMessage()));
      }
    }
  }

  private void run(Vector vector) {
    Check check = checks.get(vector.kind());
    if (check == null) {
      tally.failed(vector.title(), List.of("unknown kind '" + vector.kind() + "'"));
      return;
    }
    Findings findings = new Findings();
    try {
      check.run(vector, findings);
      if (!vector.unseen().isEmpty()) {
        findings.mismatch("fields", "fields that the runner knows", vector.unseen());
      }
    } catch (Exception unexpected) {
      findings.mismatch("run", "an answer", unexpected);
    }
    tally.count(vector.title(), findings);
  }
}
