// SPDX-License-Identifier: Apache-2.0
/**
 * Real servers for tests: Debian's Prosody and Knot DNS in the foreground, on loopback, in a folder
 * of their own, gone when closed. The README beside says what each setting is for. Programs that
 * are not installed are reported by {@link org.wavefed.testkit.lab.LabProcess#isInstalled}, so that
 * a test can be skipped visibly.
 */
@NullMarked
package org.wavefed.testkit.lab;

import org.jspecify.annotations.NullMarked;
