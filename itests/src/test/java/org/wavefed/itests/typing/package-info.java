// SPDX-License-Identifier: Apache-2.0
/**
 * A bundle for a running server, told over a loopback socket what to do: its users type in
 * wavelets, and its parts are stopped, started, updated and refreshed. Packed and installed by
 * {@code TypingServer}; needs nothing but the framework, {@code api} and {@code model}.
 */
package org.wavefed.itests.typing;
