// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

/** What was read from a stream. */
public sealed interface StreamEvent {
  /** The stream's start tag. */
  record Opened(StreamHeader header) implements StreamEvent {}

  /** A complete child. */
  record Received(Element element) implements StreamEvent {}

  /**
   * A child that broke a limit; what was left of it was skipped, and the stream goes on.
   *
   * @param envelope the child's tag without its content
   * @param fault which limit
   */
  record Skipped(Element envelope, String fault) implements StreamEvent {}

  /** The stream's end tag. */
  record Closed() implements StreamEvent {}

  /** The stream cannot be read any further; nothing follows. */
  record Failed(StreamError error) implements StreamEvent {}
}
