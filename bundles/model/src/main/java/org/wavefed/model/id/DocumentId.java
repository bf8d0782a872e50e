// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

/** What the id of a document tells of its purpose. */
public final class DocumentId {
  /** The document that orders the blips of a conversation. */
  public static final String MANIFEST = "conversation";

  /** The document that holds the tags of a wavelet. */
  public static final String TAGS = "tags";

  private DocumentId() {}

  /** Whether the document is a message of a conversation. */
  public static boolean isBlip(String id) {
    return id.startsWith("b+") || isGhostBlip(id) || isLegacyBlip(id);
  }

  /** Old blips have random ids with an asterisk; some data documents of that time have one too. */
  private static boolean isLegacyBlip(String id) {
    return id.contains("*")
        && !id.startsWith("m/")
        && !id.startsWith("attach+")
        && !id.startsWith("spell+");
  }

  /** Whether the document is an old kind of blip that is not shown. */
  public static boolean isGhostBlip(String id) {
    return id.startsWith("g+");
  }

  /** Whether the document orders the blips of a conversation. */
  public static boolean isManifest(String id) {
    return id.equals(MANIFEST);
  }

  /** Whether the document holds the tags of a wavelet. */
  public static boolean isTags(String id) {
    return id.equals(TAGS);
  }

  /** Whether the document belongs to a robot. */
  public static boolean isRobot(String id) {
    return id.startsWith("r+");
  }

  /** Whether the document describes an attachment. */
  public static boolean isAttachment(String id) {
    return id.startsWith("attach+") || id.startsWith("m/attachment/");
  }
}
