// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.List;
import java.util.Optional;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.xml.Element;

/** What a stanza says ({@code docs/protocol.md}, The stanzas). */
public sealed interface Payload {
  /** What an iq of type get or set asks for. */
  sealed interface Request extends Payload {}

  /** A request that the federation handler answers, as opposed to the transport itself. */
  sealed interface WaveRequest extends Request {}

  /** What an iq of type result says. */
  sealed interface Answer extends Payload {}

  /** disco#items. */
  record ItemsQuery(Optional<String> node) implements Request {}

  /** disco#info. */
  record InfoQuery(Optional<String> node) implements Request {}

  /** XEP-0199. */
  record Ping() implements Request {}

  /** A delta for the wavelet's host; the bytes are a ProtocolSignedDelta. */
  record Submit(WaveletName wavelet, Bytes signedDelta) implements WaveRequest {}

  /** A range of history. */
  record HistoryRequest(org.wavefed.transport.HistoryRequest request) implements WaveRequest {}

  /** Who signed a delta. */
  record SignerRequest(org.wavefed.transport.SignerRequest request) implements WaveRequest {}

  /** A signer for the wavelet's host to know. */
  record PostSigner(SignerInfo signer) implements WaveRequest {}

  /** The answer to {@link ItemsQuery}. */
  record Items(DiscoverItems items) implements Answer {}

  /** The answer to {@link InfoQuery}. */
  record Info(DiscoverInfo info) implements Answer {}

  /** An answer without content, as to {@link Ping}. */
  record Empty() implements Answer {}

  /** The answer to {@link Submit}. */
  record SubmitResult(org.wavefed.transport.SubmitResult result) implements Answer {}

  /** The answer to {@link HistoryRequest}. */
  record History(org.wavefed.transport.History history) implements Answer {}

  /** The answer to {@link SignerRequest}. */
  record Signer(SignerInfo signer) implements Answer {}

  /** The answer to {@link PostSigner}. */
  record SignerPosted() implements Answer {}

  /**
   * A message with news of wavelets, each in an item of its own.
   *
   * @param receiptWanted whether the sender waits for a receipt
   */
  record Update(List<org.wavefed.transport.WaveletUpdate> updates, boolean receiptWanted)
      implements Payload {
    public Update {
      updates = List.copyOf(updates);
    }
  }

  /** A message that asks for a sign of life. */
  record WavePing(boolean receiptWanted) implements Payload {}

  /**
   * The receipt of a message; the message's id is its own id too.
   *
   * @param receivedId the id as XEP-0184 has it, which the original neither writes nor reads
   */
  record Receipt(Optional<String> receivedId) implements Payload {}

  /**
   * An error answer.
   *
   * @param error the error element
   * @param echoed what it answers to, if the sender repeated it
   */
  record Failure(Element error, List<Element> echoed) implements Payload {
    public Failure {
      echoed = List.copyOf(echoed);
    }

    /** The defined condition, such as {@code item-not-found}. */
    public String condition() {
      return StanzaErrors.condition(error);
    }

    /** What went wrong. */
    public FailureReason reason() {
      return StanzaErrors.reason(error);
    }

    /** The text for people, or the name of the condition. */
    public String text() {
      return StanzaErrors.text(error);
    }
  }
}
