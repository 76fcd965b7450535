package io.tradepit.dpdk;

import java.util.List;
import java.util.Optional;

/**
 * DPDK 22.11 as Tradepit uses it (dpdk.org, programmer's guide: environment abstraction layer, poll
 * mode driver, mbuf library), by the shim {@code dpdk.c}.
 *
 * <p>A port is a handle greater than 0. All calls of a port come from one thread, which has called
 * {@link #registerThread}; none of them checks the handle. {@link #receive}, {@link #release},
 * {@link #reserve} and {@link #flush} allocate nothing. A card's driver never blocks in them; those
 * of virtual devices ask the kernel, and may wait for it ({@link PortDescription#mayWait}): as long
 * as such a port is open, {@code receive} and {@code flush} are calls that no safepoint waits for.
 */
public interface Dpdk {
  /** Proves the checksums of IPv4, TCP and UDP of what comes in. */
  int CHECKS_CHECKSUMS = 1;

  /** Fills in the checksums of IPv4, TCP and UDP of what goes out. */
  int FILLS_CHECKSUMS = 2;

  /** Says when a frame came in, by the device's clock. */
  int STAMPS = 4;

  /** Takes rules for what comes in to which queue. */
  int STEERS = 8;

  /** All of these. */
  int ALL_OFFLOADS = CHECKS_CHECKSUMS | FILLS_CHECKSUMS | STAMPS | STEERS;

  /** Flag of an interface: it is up. */
  int IFF_UP = 1;

  /** Of the DPDK that is loaded, such as {@code DPDK 22.11.11}. */
  String version();

  /**
   * Starts the environment, once a process, from a thread of its own that ends: DPDK pins the
   * thread that starts it.
   *
   * @param arguments such as {@code --in-memory}; without the program's name
   * @throws DpdkException when it is refused, with what DPDK said; or at a second start
   */
  void start(List<String> arguments);

  /**
   * Ends the environment. All ports are closed before.
   *
   * @return 0, or {@code -errno}
   */
  int stop();

  /**
   * Makes the calling thread one of DPDK's, which gives it a cache of buffers.
   *
   * @return 0, or {@code -errno}: ENOMEM when there are too many
   */
  int registerThread();

  /** Gives back what {@link #registerThread} took. */
  void unregisterThread();

  /**
   * Attaches the device unless the environment's arguments did, and starts it.
   *
   * @return the port's handle
   * @throws DpdkException when a step is refused; nothing is left attached then
   */
  long open(PortOptions options);

  /**
   * Stops the port and detaches its device. Frames that were received are given back before; what
   * was reserved and not flushed is dropped.
   *
   * @return 0, or {@code -errno} of the stop
   */
  int close(long port);

  /**
   * What the port is. From any thread, while it is open.
   *
   * @throws DpdkException when the driver does not say
   */
  PortDescription describe(long port);

  /**
   * What it has counted. From any thread, while it is open.
   *
   * @throws DpdkException when the driver does not say
   */
  PortStatistics statistics(long port);

  /**
   * Looks whether the link is up. As long as it was down at the last look, frames are dropped and
   * not handed to the device: who looks once looks on, some times a second. From any thread, while
   * the port is open; not from the one that polls, for the kernel is asked.
   *
   * @return 1: up; 0: down; or {@code -errno}
   */
  int link(long port);

  /**
   * Steers TCP to an address and port into the queue that is polled, until the port is closed
   * (rte_flow).
   *
   * @param address IPv4, the first byte the highest
   * @param tcpPort 1 to 65535
   * @throws DpdkException when the device takes no such rule, with what its driver said
   */
  void steer(long port, int address, int tcpPort);

  /**
   * The flags of an interface of the kernel, in the network namespace of the calling thread
   * (netdevice(7), SIOCGIFFLAGS).
   *
   * @return such as {@link #IFF_UP}, or {@code -errno}: ENODEV when there is none of this name
   */
  int interfaceFlags(String interfaceName);

  /**
   * The XDP program that is attached to an interface of the kernel, by libxdp, which {@code
   * net_af_xdp} needs too.
   *
   * @return it, or nothing when there is none
   * @throws DpdkException without the interface, libxdp or CAP_NET_ADMIN
   */
  Optional<XdpProgram> xdpProgram(String interfaceName);

  /**
   * Detaches an XDP program.
   *
   * @param program its number; another one is left
   * @throws DpdkException when it is another one now, or without CAP_NET_ADMIN
   */
  void detachXdp(String interfaceName, int program);

  /** The address of the port's {@code struct tp_device} ({@code device.h}), for the TCP stack. */
  long device(long port);

  /** The port's MAC address in the low 48 bits, the first byte the highest. */
  long mac(long port);

  /**
   * Takes frames that are there.
   *
   * @param frames address of {@code limit} entries of {@link FrameLayout}
   * @param limit 1 to 65535; one call takes at most 64
   * @return frames taken, 0 or more; they are valid until {@link #release}
   */
  int receive(long port, long frames, int limit);

  /** Gives back frames that {@link #receive} took. */
  void release(long port, long frames, int count);

  /**
   * Room for one frame, which the next {@link #flush} sends.
   *
   * @param length bytes from the destination's MAC on, without check sequence; at most the MTU and
   *     18. A shorter frame than 60 is filled up with zeros
   * @return the address of its first byte, or 0 when there is no room now, or ever for this length
   */
  long reserve(long port, int length);

  /**
   * Hands what was reserved to the wire; what the device does not take now is kept, for a second at
   * most. Where the link is down it is dropped.
   *
   * @return frames handed over
   */
  int flush(long port);
}
