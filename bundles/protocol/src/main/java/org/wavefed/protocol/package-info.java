// SPDX-License-Identifier: Apache-2.0
/**
 * The messages that servers exchange, as bytes and as values of the model ({@code
 * docs/protocol.md}, Data), and what follows from them: the history hash and the copy of a wavelet.
 *
 * <p>A <em>delta</em> is what an author wrote, a <em>signed delta</em> its exact bytes with their
 * signatures, an <em>applied delta</em> a signed delta with the place in the history that the
 * wavelet's host gave it, a <em>logged delta</em> an applied delta with the operations as they were
 * applied. Bytes that arrived are kept and passed on as they came.
 *
 * <p>The messages are read and written field by field with protobuf's coded streams, straight into
 * the model's values: exact bytes are kept, no limit is checked after allocating, and what is wrong
 * is said by the field's name. Tests hold every codec against the classes generated from the
 * definition.
 *
 * <p>Everything here is immutable or static, and thread-safe; there is no I/O and no clock.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
