// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

/** The grammars of domains and local ids. */
public final class IdSyntax {
  private IdSyntax() {}

  static void requireLegacy(String domain, String id) {}

  static void requireModern(String domain, String id) {}
}
