// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.store.StoredSnapshot;

/**
 * Writes a wavelet's copy for the store and reads it back. Numbers are big-endian:
 *
 * <pre>
 *   1 byte   format, {@link #FORMAT}
 *   8 bytes  creation time, ms since 1970
 *   8 bytes  time of the last change, ms since 1970
 *   4 bytes  number of domains; then for each
 *     4 + n    the domain in UTF-8, length first
 *     8        the version until which it may know the wavelet
 *   4 + n    a ProtocolWaveletDelta, length first: the creator is its author, the version its
 *            target; it adds every participant and writes every document
 * </pre>
 */
final class SnapshotCodec {
  private static final int FORMAT = 2;

  private SnapshotCodec() {}

  static StoredSnapshot write(TrackedCopy copy) {
    WaveletState state = copy.state();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(state.creationTime());
      out.writeLong(state.lastModifiedTime());
      writeMembership(out, copy.membership());
      byte[] delta = WaveletDeltaCodec.toBytes(asDelta(copy)).shared();
      out.writeInt(delta.length);
      out.write(delta);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return new StoredSnapshot(copy.version(), Bytes.wrap(bytes.toByteArray()));
  }

  private static void writeMembership(DataOutputStream out, Membership membership)
      throws IOException {
    out.writeInt(membership.until().size());
    for (Map.Entry<String, Long> domain : membership.until().entrySet()) {
      // A host may add any text as an address, longer than writeUTF takes.
      byte[] name = domain.getKey().getBytes(StandardCharsets.UTF_8);
      out.writeInt(name.length);
      out.write(name);
      out.writeLong(domain.getValue());
    }
  }

  private static WaveletDelta asDelta(TrackedCopy copy) {
    WaveletState state = copy.state();
    List<WaveletOperation> operations = new ArrayList<>();
    state.participants().forEach(who -> operations.add(new AddParticipant(who)));
    for (String id : state.documentIds()) {
      Document document = state.document(id).orElse(Document.EMPTY);
      operations.add(new MutateDocument(id, document.toInitialization()));
    }
    ParticipantId creator = state.creator().orElseGet(() -> new ParticipantId(""));
    return new WaveletDelta(copy.version(), creator, operations);
  }

  /**
   * Reads a snapshot.
   *
   * @throws IOException if it is damaged or of another format
   */
  static TrackedCopy read(WaveletName wavelet, StoredSnapshot snapshot) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(snapshot.content().shared()))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IOException("snapshot format " + format + " is unknown");
      }
      long created = in.readLong();
      long modified = in.readLong();
      Membership membership = readMembership(in);
      WaveletDelta delta = WaveletDeltaCodec.parse(Bytes.wrap(in.readNBytes(in.readInt())));
      return restore(wavelet, snapshot.version(), created, modified, membership, delta);
    } catch (EOFException e) {
      throw new IOException("snapshot content ends too early", e);
    } catch (MalformedMessageException | InvalidOperationException | IllegalArgumentException e) {
      throw new IOException("snapshot content is damaged: " + e.getMessage(), e);
    }
  }

  private static Membership readMembership(DataInputStream in) throws IOException {
    Map<String, Long> until = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      until.put(name, in.readLong());
    }
    return new Membership(until);
  }

  private static TrackedCopy restore(
      WaveletName wavelet,
      HashedVersion version,
      long created,
      long modified,
      Membership membership,
      WaveletDelta delta)
      throws InvalidOperationException {
    List<ParticipantId> participants = new ArrayList<>();
    SortedMap<String, Document> documents = new TreeMap<>();
    for (WaveletOperation operation : delta.operations()) {
      if (operation instanceof AddParticipant add) {
        participants.add(add.participant());
      } else if (operation instanceof MutateDocument write) {
        documents.put(write.documentId(), Document.of(write.operation()));
      }
    }
    WaveletState state =
        WaveletState.restore(
            wavelet,
            Optional.of(delta.author()),
            participants,
            documents,
            version.version(),
            created,
            modified);
    return new TrackedCopy(new WaveletCopy(wavelet, version, state), membership);
  }
}
