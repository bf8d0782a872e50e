// SPDX-License-Identifier: Apache-2.0
/**
 * Smack as one OSGi bundle. Smack keeps static state that must be set up once, in a certain order,
 * before anybody touches its classes; {@link org.wavefed.smack.SmackReady} says that this was done.
 */
@NullMarked
package org.wavefed.smack;

import org.jspecify.annotations.NullMarked;
