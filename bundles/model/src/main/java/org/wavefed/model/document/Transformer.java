// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Transforms two concurrent operations on one document, so that both orders end the same. */
public final class Transformer {
  private Transformer() {}

  /**
   * Transforms a client's operation against a server's.
   *
   * @return both in normal form
   * @throws TransformException if an operand is ill-formed, or they do not fit one document
   */
  public static TransformedPair transform(DocOp client, DocOp server) throws TransformException {
    throw new UnsupportedOperationException();
  }
}
