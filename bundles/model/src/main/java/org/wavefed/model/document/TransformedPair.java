// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/**
 * Two concurrent operations after their transformation.
 *
 * @param client the client's operation, to be applied after the server's
 * @param server the server's operation, to be applied after the client's
 */
public record TransformedPair(DocOp client, DocOp server) {}
