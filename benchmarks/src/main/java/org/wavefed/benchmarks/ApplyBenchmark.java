// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;

/**
 * Single-character insertions that build a document. Making and validating the operations is part
 * of what is measured.
 */
@State(Scope.Thread)
public class ApplyBenchmark {
  private static final int DOCUMENT_SIZE = 10_000;

  private final int[] places = new int[DOCUMENT_SIZE];

  /** Chooses the places. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    for (int i = 0; i < DOCUMENT_SIZE; i++) {
      places[i] = random.nextInt(i + 1);
    }
  }

  /** Appends every character at the end. */
  @Benchmark
  @OperationsPerInvocation(DOCUMENT_SIZE)
  public Document applyAppends() throws InvalidOperationException {
    Document document = Document.EMPTY;
    for (int i = 0; i < DOCUMENT_SIZE; i++) {
      document = document.apply(Edits.insert(i, i, "x"));
    }
    return document;
  }

  /** Inserts every character at a random place. */
  @Benchmark
  @OperationsPerInvocation(DOCUMENT_SIZE)
  public Document applyAnywhere() throws InvalidOperationException {
    Document document = Document.EMPTY;
    for (int i = 0; i < DOCUMENT_SIZE; i++) {
      document = document.apply(Edits.insert(i, places[i], "x"));
    }
    return document;
  }
}
