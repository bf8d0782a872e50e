// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands of the console share: finding services, waiting for answers, naming wavelets,
 * and writing for people and for scripts.
 *
 * <p>Vocabulary: the <em>acting user</em> is the participant in whose name a command reads and
 * writes; a <em>refusal</em> is one clear line that ends a command without a stack trace.
 */
@NullMarked
package org.wavefed.shell;

import org.jspecify.annotations.NullMarked;
