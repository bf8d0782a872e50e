// SPDX-License-Identifier: Apache-2.0
/** What users of this server do: create, read, write and watch wavelets. */
@NullMarked
package org.wavefed.server.user;

import org.jspecify.annotations.NullMarked;
