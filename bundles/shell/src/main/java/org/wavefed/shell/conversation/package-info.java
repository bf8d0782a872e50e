// SPDX-License-Identifier: Apache-2.0
/** Conversations and their changes as a person reads them. */
@NullMarked
package org.wavefed.shell.conversation;

import org.jspecify.annotations.NullMarked;
