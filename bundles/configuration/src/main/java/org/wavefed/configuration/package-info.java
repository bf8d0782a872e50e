// SPDX-License-Identifier: Apache-2.0
/**
 * Reads configuration files whose mistakes are told in a line each: which file, which key, what it
 * is and what is allowed. OSGi alone would answer a word in the place of a number with a stack
 * trace, and one in the place of {@code true} with {@code false}.
 *
 * <p>Vocabulary: a <em>configuration type</em> is an annotation type whose members are keys, with
 * defaults; {@code calls_in_hand()} is the key {@code calls.in.hand}, as OSGi has it (Compendium
 * 112.8.2.1). A <em>fault</em> is a value that makes no sense. A <em>stamp</em> tells whether a
 * file that is configured has changed.
 */
@Export
@Version("2.2.0")
@NullMarked
package org.wavefed.configuration;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
