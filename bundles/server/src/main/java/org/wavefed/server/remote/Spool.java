// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;

/**
 * A queue of messages that is filled first and emptied then. What is too much for memory lies in a
 * temporary file, which goes when this is closed. Not thread-safe.
 */
final class Spool implements AutoCloseable {
  private final int inMemory;
  private final Path folder;
  private List<Bytes> newest = new ArrayList<>();
  private long newestBytes;
  private @Nullable FileChannel file;
  private @Nullable DataInputStream reader;
  private int inFile;

  /**
   * @param inMemory about how many bytes of messages are in memory at most
   * @param folder where the file may be
   */
  Spool(int inMemory, Path folder) {
    this.inMemory = inMemory;
    this.folder = folder;
  }

  /** Adds a message; none may be added once one was taken. */
  void add(Bytes message) throws IOException {
    if (newestBytes + message.size() > inMemory) {
      writeNewest();
    }
    newest.add(message);
    newestBytes += message.size();
  }

  private void writeNewest() throws IOException {
    if (file == null) {
      file =
          FileChannel.open(
              Files.createTempFile(folder, "wavefed-history-", ".tmp"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
    for (Bytes message : newest) {
      out.writeInt(message.size());
      out.write(message.shared());
    }
    out.flush();
    inFile += newest.size();
    newest.clear();
    newestBytes = 0;
  }

  /** Takes the next messages, as many as may be in memory and at least one; none at the end. */
  List<Bytes> take() throws IOException {
    List<Bytes> taken = new ArrayList<>();
    long bytes = 0;
    while (file != null && inFile > 0 && bytes < inMemory) {
      Bytes message = readMessage(file);
      taken.add(message);
      bytes += message.size();
    }
    if (taken.isEmpty()) {
      taken = newest;
      newest = new ArrayList<>();
    }
    return taken;
  }

  private Bytes readMessage(FileChannel from) throws IOException {
    if (reader == null) {
      from.position(0);
      reader = new DataInputStream(new BufferedInputStream(Channels.newInputStream(from), 1 << 16));
    }
    byte[] message = new byte[reader.readInt()];
    reader.readFully(message);
    inFile--;
    return Bytes.wrap(message);
  }

  /** Forgets everything; idempotent. */
  @Override
  public void close() throws IOException {
    newest.clear();
    if (file != null) {
      file.close();
    }
  }
}
