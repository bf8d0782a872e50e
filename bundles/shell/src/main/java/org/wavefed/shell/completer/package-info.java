// SPDX-License-Identifier: Apache-2.0
/**
 * What the console offers for each argument. Completion never fails and never waits long: where an
 * answer is not there within a second, nothing is offered.
 */
@NullMarked
package org.wavefed.shell.completer;

import org.jspecify.annotations.NullMarked;
