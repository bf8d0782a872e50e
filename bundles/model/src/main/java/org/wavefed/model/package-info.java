// SPDX-License-Identifier: Apache-2.0
/**
 * Values that every part shares: immutable byte strings and hashed versions.
 *
 * <p>The model is pure Java: no OSGi, no I/O, no threads, no reflection, so that a browser client
 * can run the same code.
 */
@NullMarked
package org.wavefed.model;

import org.jspecify.annotations.NullMarked;
