// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Finds the run that holds an item. Quick when it is the run found last. Not thread-safe. */
final class RunCursor {
  private final Branch root;
  private Run run = Run.EndRun.of(Attributes.EMPTY);
  private int start = -1;

  RunCursor(Branch root) {
    this.root = root;
  }

  /**
   * The run that holds an item.
   *
   * @param position the item, 0 to size of the tree − 1
   */
  Run seek(int position) {
    if (start < 0 || position < start || position >= start + run.size) {
      descend(position);
    }
    return run;
  }

  /** The place of the first item of the run found last. */
  int start() {
    return start;
  }

  private void descend(int position) {
    int before = 0;
    Node node = root;
    while (node instanceof Branch branch) {
      int index = 0;
      while (before + branch.child(index).size <= position) {
        before += branch.child(index++).size;
      }
      node = branch.child(index);
    }
    run = (Run) node;
    start = before;
  }
}
