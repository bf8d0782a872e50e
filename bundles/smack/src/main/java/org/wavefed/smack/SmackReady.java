// SPDX-License-Identifier: Apache-2.0
package org.wavefed.smack;

/**
 * The service that says that Smack is set up. Every component that uses a class of Smack, directly
 * or through another bundle, must have a mandatory reference to it: whoever touches Smack earlier
 * breaks its static state until the bundle is refreshed.
 *
 * @param version Smack's version
 */
public record SmackReady(String version) {}
