package io.tradepit.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tradepit.config.EthernetPort;
import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FfmDpdk;
import io.tradepit.dpdk.FrameLayout;
import io.tradepit.host.ethernet.DpdkPlan;
import io.tradepit.host.ethernet.DpdkTerms;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process that sends each UDP datagram over IPv4 back to where it came from, through a card that
 * vfio-pci has, until one with {@link #LAST} in front comes, or two minutes are over.
 *
 * <p>Arguments: the file of the card's profile, and its place on the bus.
 */
public final class FrameMirror {
  static final String READY = "mirror=ready mac=";
  static final byte LAST = 'E';
  static final byte MORE = 'D';

  private static final String PORT = "card";
  private static final int BURST = 32;
  private static final int ETHER_TYPE = 12;
  private static final short IPV4 = 0x0800;
  private static final int IP = 14;
  private static final int IP_PROTOCOL = IP + 9;
  private static final int IP_ADDRESSES = IP + 12;
  private static final int UDP_PORTS = IP + 20;
  private static final int UDP_PAYLOAD = UDP_PORTS + 8;
  private static final byte UDP = 17;

  private final Dpdk dpdk;
  private final long port;
  private final UnsafeBuffer received = new UnsafeBuffer(0, 0);
  private final UnsafeBuffer sent = new UnsafeBuffer(0, 0);
  private long mirrored;
  private long proved;
  private boolean isOver;

  private FrameMirror(Dpdk dpdk, long port) {
    this.dpdk = dpdk;
    this.port = port;
  }

  /** As the class says. */
  public static void main(String[] arguments) throws UnknownHostException {
    DpdkPlan plan = plan(NicReader.read(Path.of(arguments[0])), arguments[1]);
    Dpdk dpdk = new FfmDpdk();
    dpdk.start(plan.environment());
    int error = dpdk.registerThread();
    if (error != 0) {
      throw new IllegalStateException("registerThread=" + error);
    }
    long port = dpdk.open(plan.ports().get(PORT));
    System.out.println(dpdk.describe(port));
    System.out.println(READY + mac(dpdk.mac(port)));
    FrameMirror mirror = new FrameMirror(dpdk, port);
    mirror.run();
    System.out.println(
        "mirrored=" + mirror.mirrored + " proved=" + mirror.proved + " " + dpdk.statistics(port));
    error = dpdk.close(port);
    dpdk.unregisterThread();
    System.out.println("closed=" + error + " stopped=" + dpdk.stop());
  }

  private static DpdkPlan plan(NicProfile profile, String pciAddress) throws UnknownHostException {
    EthernetPort card =
        new EthernetPort(
            PORT,
            Optional.empty(),
            Optional.of(pciAddress),
            profile,
            Optional.empty(),
            (Inet4Address) InetAddress.getByName("10.77.0.9"),
            24,
            Optional.empty(),
            EthernetPort.NO_VLAN,
            StampClock.UTC);
    return DpdkPlan.of(
        List.of(card), new DpdkTerms("mirror", "0-1", "64", DpdkTerms.INTERFACES, 0));
  }

  private static String mac(long mac) {
    return String.format("%012x", mac).replaceAll("(..)(?!$)", "$1:");
  }

  private void run() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frames = arena.allocate((long) BURST * FrameLayout.LENGTH, Long.BYTES);
      while (!isOver && System.nanoTime() < deadline) {
        int count = dpdk.receive(port, frames.address(), BURST);
        for (int i = 0; i < count; i++) {
          long entry = (long) i * FrameLayout.LENGTH;
          received.wrap(
              frames.get(JAVA_LONG, entry + FrameLayout.DATA_OFFSET),
              frames.get(JAVA_INT, entry + FrameLayout.LENGTH_OFFSET));
          mirror(frames.get(JAVA_INT, entry + FrameLayout.FLAGS_OFFSET));
        }
        dpdk.release(port, frames.address(), count);
        dpdk.flush(port);
      }
    }
  }

  private void mirror(int flags) {
    boolean isDatagram =
        received.capacity() > UDP_PAYLOAD
            && received.getShort(ETHER_TYPE, ByteOrder.BIG_ENDIAN) == IPV4
            && received.getByte(IP_PROTOCOL) == UDP;
    if (!isDatagram) {
      return;
    }
    sent.wrap(dpdk.reserve(port, received.capacity()), received.capacity());
    sent.putBytes(0, received, 0, received.capacity());
    swap(0, 6);
    swap(IP_ADDRESSES, 4);
    swap(UDP_PORTS, 2);
    mirrored++;
    proved += flags & FrameLayout.CHECKSUM_GOOD;
    isOver = received.getByte(UDP_PAYLOAD) == LAST;
  }

  /** Two fields of one length that stand behind one another. */
  private void swap(int offset, int length) {
    sent.putBytes(offset, received, offset + length, length);
    sent.putBytes(offset + length, received, offset, length);
  }
}
