// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.wavefed.model.Bytes;

/** Writes protobuf fields in the order of the calls. Not thread-safe. */
final class WireWriter {
  private static final int BUFFER_BYTES = 64;

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(written, BUFFER_BYTES);

  Bytes toBytes() {
    write(CodedOutputStream::flush);
    return Bytes.wrap(written.toByteArray());
  }

  void number(int field, long value) {
    write(to -> to.writeInt64(field, value));
  }

  void bool(int field, boolean value) {
    write(to -> to.writeBool(field, value));
  }

  /** Encoded here because the library logs each lone surrogate, which a peer can send us. */
  void string(int field, String value) {
    write(to -> to.writeByteArray(field, value.getBytes(UTF_8)));
  }

  void bytes(int field, Bytes value) {
    write(to -> to.writeByteArray(field, value.shared()));
  }

  /** Writes a message within this one. */
  void message(int field, Consumer<WireWriter> content) {
    WireWriter message = new WireWriter();
    content.accept(message);
    bytes(field, message.toBytes());
  }

  private void write(Write write) {
    try {
      write.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }
}
