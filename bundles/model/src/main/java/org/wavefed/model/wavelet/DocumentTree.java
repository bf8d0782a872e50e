// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Document;

/**
 * Documents by their ids: an immutable AVL tree, so that versions of a wavelet share all documents
 * but those changed between them. Null stands for the empty tree.
 */
final class DocumentTree {
  private final String id;
  private final Document document;
  private final @Nullable DocumentTree left;
  private final @Nullable DocumentTree right;
  private final int height;

  private DocumentTree(
      String id, Document document, @Nullable DocumentTree left, @Nullable DocumentTree right) {
    this.id = id;
    this.document = document;
    this.left = left;
    this.right = right;
    this.height = 1 + Math.max(height(left), height(right));
  }

  private static int height(@Nullable DocumentTree tree) {
    return tree == null ? 0 : tree.height;
  }

  static @Nullable Document find(@Nullable DocumentTree tree, String id) {
    DocumentTree node = tree;
    while (node != null) {
      int order = id.compareTo(node.id);
      if (order == 0) {
        return node.document;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  static DocumentTree with(@Nullable DocumentTree tree, String id, Document document) {
    if (tree == null) {
      return new DocumentTree(id, document, null, null);
    }
    int order = id.compareTo(tree.id);
    if (order == 0) {
      return new DocumentTree(id, document, tree.left, tree.right);
    } else if (order < 0) {
      return balanced(tree, with(tree.left, id, document), tree.right);
    }
    return balanced(tree, tree.left, with(tree.right, id, document));
  }

  private static DocumentTree balanced(
      DocumentTree top, @Nullable DocumentTree left, @Nullable DocumentTree right) {
    if (left != null && left.height > height(right) + 1) {
      DocumentTree inner = left.right;
      if (inner != null && inner.height > height(left.left)) {
        return over(inner, over(left, left.left, inner.left), over(top, inner.right, right));
      }
      return over(left, left.left, over(top, inner, right));
    }
    if (right != null && right.height > height(left) + 1) {
      DocumentTree inner = right.left;
      if (inner != null && inner.height > height(right.right)) {
        return over(inner, over(top, left, inner.left), over(right, inner.right, right.right));
      }
      return over(right, over(top, left, inner), right.right);
    }
    return over(top, left, right);
  }

  /** A node with the document of another. */
  private static DocumentTree over(
      DocumentTree top, @Nullable DocumentTree left, @Nullable DocumentTree right) {
    return new DocumentTree(top.id, top.document, left, right);
  }

  static void addIds(@Nullable DocumentTree tree, List<String> ids) {
    if (tree != null) {
      addIds(tree.left, ids);
      ids.add(tree.id);
      addIds(tree.right, ids);
    }
  }
}
