// SPDX-License-Identifier: Apache-2.0
/** How fast the parts are, measured with JMH. */
@NullMarked
package org.wavefed.benchmarks;

import org.jspecify.annotations.NullMarked;
