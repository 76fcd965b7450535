package io.tradepit.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** The two ways in which Netty reaches the kernel here. */
enum NettyKind {
  IO_URING("io_uring", true, false) {
    @Override
    boolean isAvailable() {
      return IoUring.isAvailable();
    }

    @Override
    Throwable unavailabilityCause() {
      return IoUring.unavailabilityCause();
    }

    @Override
    IoHandlerFactory ioHandler() {
      return QuietIoUring.newFactory();
    }

    @Override
    ServerSocketChannel newServer() {
      return new IoUringServerSocketChannel();
    }
  },
  EPOLL("epoll", false, true) {
    @Override
    boolean isAvailable() {
      return Epoll.isAvailable();
    }

    @Override
    Throwable unavailabilityCause() {
      return Epoll.unavailabilityCause();
    }

    @Override
    IoHandlerFactory ioHandler() {
      return EpollIoHandler.newFactory();
    }

    @Override
    ServerSocketChannel newServer() {
      return new EpollServerSocketChannel();
    }
  };

  /** The name in the configuration. */
  final String label;

  /** Whether a flush only queues the send, and the next run of the event loop hands it over. */
  final boolean submitsInRun;

  /**
   * Whether to leave the interest in reads standing while all bytes are taken. Under epoll asking
   * for each read costs two system calls and 32 bytes of objects; a run still makes one read of a
   * connection at most. Under io_uring a standing interest would make several.
   */
  final boolean keepsReading;

  NettyKind(String label, boolean submitsInRun, boolean keepsReading) {
    this.label = label;
    this.submitsInRun = submitsInRun;
    this.keepsReading = keepsReading;
  }

  abstract boolean isAvailable();

  /** Why not, null when it is available. */
  abstract Throwable unavailabilityCause();

  abstract IoHandlerFactory ioHandler();

  abstract ServerSocketChannel newServer();
}
