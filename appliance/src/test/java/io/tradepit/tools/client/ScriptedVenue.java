package io.tradepit.tools.client;

import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** The venue's end of one connection, on a thread of its own, as the test scripts it. */
final class ScriptedVenue implements AutoCloseable {
  /** What the venue does with its connection. */
  interface Script {
    void run(ScriptedVenue venue) throws IOException, InterruptedException;
  }

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[70_000]);
  private final Thread thread;
  private Socket connection;
  private DataInputStream in;

  ScriptedVenue(Script script) throws IOException {
    thread = Thread.ofPlatform().name("scripted-venue").start(() -> serve(script));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** The next packet, type first. */
  byte[] receive() throws IOException {
    byte[] packet = new byte[in.readUnsignedShort()];
    in.readFully(packet);
    return packet;
  }

  void accept(String session, long sequence) throws IOException {
    UnsafeBuffer name = new UnsafeBuffer(session.getBytes(StandardCharsets.US_ASCII));
    write(SoupBinEncoder.loginAccepted(buffer, 0, name, 0, sequence));
  }

  void reject(byte reason) throws IOException {
    write(SoupBinEncoder.loginRejected(buffer, 0, reason));
  }

  void send(byte type, String payload) throws IOException {
    UnsafeBuffer bytes = new UnsafeBuffer(payload.getBytes(StandardCharsets.US_ASCII));
    write(SoupBinEncoder.data(buffer, 0, type, bytes, 0, bytes.capacity()));
  }

  /** A sequenced packet in two pieces. */
  void sendInPieces(String payload) throws IOException, InterruptedException {
    UnsafeBuffer bytes = new UnsafeBuffer(payload.getBytes(StandardCharsets.US_ASCII));
    int length = SoupBinEncoder.data(buffer, 0, SoupBin.SEQUENCED_DATA, bytes, 0, bytes.capacity());
    connection.getOutputStream().write(buffer.byteArray(), 0, 2);
    connection.getOutputStream().flush();
    Thread.sleep(30);
    connection.getOutputStream().write(buffer.byteArray(), 2, length - 2);
  }

  void raw(int... bytes) throws IOException {
    for (int value : bytes) {
      connection.getOutputStream().write(value);
    }
  }

  private void write(int length) throws IOException {
    connection.getOutputStream().write(buffer.byteArray(), 0, length);
  }

  private void serve(Script script) {
    try (Socket accepted = server.accept()) {
      connection = accepted;
      connection.setTcpNoDelay(true);
      in = new DataInputStream(connection.getInputStream());
      script.run(this);
    } catch (IOException e) {
      // The client went first, which is what some tests are about.
      connection = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    thread.interrupt();
  }
}
