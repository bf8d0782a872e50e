// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import org.jspecify.annotations.Nullable;

/**
 * The change of one attribute or annotation.
 *
 * @param key the attribute's name or the annotation's key
 * @param oldValue the value before, null for none
 * @param newValue the value after, null for none
 */
public record ValueChange(String key, @Nullable String oldValue, @Nullable String newValue) {}
