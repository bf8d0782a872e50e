// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wavefed.model.document.Composer;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.InvalidOperationException;

/** Compositions, one after the other, of what somebody types in a row. */
@State(Scope.Thread)
public class ComposeBenchmark {
  private static final int DOCUMENT_SIZE = 5_000;
  private static final int KEYSTROKES = 101;

  private final List<DocOp> keystrokes = new ArrayList<>();

  /** Makes the keystrokes. */
  @Setup
  public void prepare() {
    for (int i = 0; i < KEYSTROKES; i++) {
      keystrokes.add(Edits.insert(DOCUMENT_SIZE + i, DOCUMENT_SIZE / 2 + i, "x"));
    }
  }

  /** Composes all keystrokes into one operation. */
  @Benchmark
  @OperationsPerInvocation(KEYSTROKES - 1)
  public DocOp composeTyping() throws InvalidOperationException {
    DocOp all = keystrokes.get(0);
    for (int i = 1; i < KEYSTROKES; i++) {
      all = Composer.compose(all, keystrokes.get(i));
    }
    return all;
  }
}
