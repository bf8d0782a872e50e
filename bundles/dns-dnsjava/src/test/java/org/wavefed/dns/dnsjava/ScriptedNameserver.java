// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** A nameserver on loopback, UDP and TCP, that answers as a test wants. */
final class ScriptedNameserver implements AutoCloseable {
  /** What to answer. */
  interface Script {
    /** Packets to send for a query, in order; none for silence. Over TCP only the first counts. */
    List<byte[]> answer(Message query, boolean tcp) throws IOException;
  }

  private final DatagramSocket datagrams;
  private final ServerSocket streams;
  private final List<Thread> threads;
  private volatile Script script = (query, tcp) -> List.of();

  /** Every query, in order. */
  final List<Message> asked = new CopyOnWriteArrayList<>();

  ScriptedNameserver() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    streams = new ServerSocket(0, 10, loopback);
    datagrams = new DatagramSocket(streams.getLocalPort(), loopback);
    threads = List.of(new Thread(this::takeDatagrams), new Thread(this::takeStreams));
    threads.forEach(Thread::start);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) datagrams.getLocalSocketAddress();
  }

  void answers(Script newScript) {
    script = newScript;
  }

  /** An answer to the query that a test may change. */
  static Message reply(Message query) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return reply;
  }

  private void takeDatagrams() {
    byte[] buffer = new byte[4096];
    try {
      while (!datagrams.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        datagrams.receive(packet);
        Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
        asked.add(query);
        for (byte[] answer : script.answer(query, false)) {
          datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      datagrams.close();
    }
  }

  private void takeStreams() {
    while (!streams.isClosed()) {
      try (Socket socket = streams.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        Message query = new Message(bytes);
        asked.add(query);
        List<byte[]> answers = script.answer(query, true);
        if (!answers.isEmpty()) {
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(answers.get(0).length);
          out.write(answers.get(0));
          out.flush();
        }
      } catch (IOException e) {
        // The other side gave up, or the test is over.
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    datagrams.close();
    streams.close();
    for (Thread thread : threads) {
      thread.join(5_000);
    }
  }
}
