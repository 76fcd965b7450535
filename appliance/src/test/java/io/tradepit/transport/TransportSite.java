package io.tradepit.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Where the transport of a test lives, and from where its peers come. */
interface TransportSite {
  /** As {@link TransportFactory#open} knows the transport. */
  String name();

  /** Skips the test when this machine lacks the transport. */
  void require();

  /** To be bound: a free port. */
  InetSocketAddress freePort();

  /** Adds what the transport is opened over. */
  TransportContext complete(TransportContext context);

  /**
   * Connects a peer, not delaying small sends.
   *
   * @param polling called while the handshake needs it
   */
  Socket connect(InetSocketAddress address, Runnable polling) throws IOException;

  /** The command as a peer runs it. */
  List<String> command(String... command);

  /** What the refusal of a second transport at this address says. */
  String refusalOfSecond(InetSocketAddress address);

  /** Fails unless this address can be bound. */
  void requireFree(InetSocketAddress address) throws IOException;
}
