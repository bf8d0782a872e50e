// SPDX-License-Identifier: Apache-2.0
/** The commands themselves: thin, each reads its arguments, calls a service, prints the answer. */
@NullMarked
package org.wavefed.shell.command;

import org.jspecify.annotations.NullMarked;
