// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import org.wavefed.model.Bytes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

/** Reads and writes ProtocolWaveletOperation ({@code docs/protocol.md}, Data). */
public final class WaveletOperationCodec {
  private WaveletOperationCodec() {}

  /**
   * Reads an operation, which may be ill-formed.
   *
   * @throws MalformedMessageException if the bytes are no such message
   */
  public static WaveletOperation parse(Bytes message) throws MalformedMessageException {
    return read(new WireReader("ProtocolWaveletOperation", message));
  }

  /** Writes an operation. */
  public static Bytes toBytes(WaveletOperation operation) {
    WireWriter out = new WireWriter();
    write(out, operation);
    return out.toBytes();
  }

  /** Where a sender set several kinds at once, deployed servers take them in this order. */
  static WaveletOperation read(WireReader in) throws MalformedMessageException {
    String added = null;
    String removed = null;
    WireReader mutation = null;
    boolean noOp = false;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> added = in.string();
        case 0x12 -> removed = in.string();
        case 0x1a -> mutation = in.message("mutate_document", mutation);
        case 0x20 -> noOp = in.flag();
        default -> in.skip(tag);
      }
    }
    WaveletOperation operation = mutation == null ? null : mutateDocument(mutation);
    operation = removed == null ? operation : new RemoveParticipant(new ParticipantId(removed));
    operation = added == null ? operation : new AddParticipant(new ParticipantId(added));
    operation = noOp ? NoOp.INSTANCE : operation;
    return in.required(operation, "the kind of operation");
  }

  private static WaveletOperation mutateDocument(WireReader in) throws MalformedMessageException {
    String documentId = null;
    WireReader operation = null;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      switch (tag) {
        case 0x0a -> documentId = in.string();
        case 0x12 -> operation = in.message("document_operation", operation);
        default -> in.skip(tag);
      }
    }
    DocOp read = DocOpCodec.read(in.required(operation, "document_operation"));
    return new MutateDocument(in.required(documentId, "document_id"), read);
  }

  static void write(WireWriter out, WaveletOperation operation) {
    if (operation instanceof AddParticipant add) {
      out.string(1, add.participant().address());
    } else if (operation instanceof RemoveParticipant remove) {
      out.string(2, remove.participant().address());
    } else if (operation instanceof MutateDocument mutation) {
      out.message(3, in -> writeMutation(in, mutation));
    } else if (operation instanceof NoOp) {
      out.bool(4, true);
    }
  }

  private static void writeMutation(WireWriter out, MutateDocument mutation) {
    out.string(1, mutation.documentId());
    out.message(2, in -> DocOpCodec.write(in, mutation.operation()));
  }
}
