// SPDX-License-Identifier: Apache-2.0
/**
 * Documents and the operations on them ({@code docs/protocol.md}, Operations).
 *
 * <p>A document is a sequence of <em>items</em>: an item is one UTF-16 code unit of text, one
 * element start, or one element end. Every item carries annotations. A document <em>operation</em>
 * walks over all items of a document by its <em>components</em>. Everything here is immutable and
 * thread-safe.
 */
@NullMarked
package org.wavefed.model.document;

import org.jspecify.annotations.NullMarked;
