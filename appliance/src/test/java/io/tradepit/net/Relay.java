package io.tradepit.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.net.RelayDirection.FrameChange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A cable with weather: two taps, each in a namespace, and a thread that hands frames from one to
 * the other, or loses, doubles and holds them. This kernel has no netem.
 *
 * <p>It sees every frame as it is on the wire, ARP included. Beyond what the weather takes it loses
 * nothing, unless a sender fills an interface's queue of a thousand frames. A frame is some
 * microseconds longer on its way than over a {@link VethPair}.
 */
public final class Relay implements AutoCloseable {
  /** So many later frames overtake one that is held, ... */
  static final int HELD_FRAMES = 3;

  /** ... or those of so long. */
  static final long HELD_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final short POLLIN = 1;
  private static final int POLLFD_BYTES = 8;
  private static final int IDLE_MS = 20;
  private static final int HOLDING_MS = 1;

  private final Tap left;
  private final Tap right;
  private final RelayDirection toRight;
  private final RelayDirection toLeft;
  private final Thread thread;
  private volatile boolean isClosing;

  private Relay(Tap left, Tap right, VlanTag tag) {
    this.left = left;
    this.right = right;
    this.toRight = new RelayDirection(left, right, tag == null ? FrameChange.NONE : tag::put);
    this.toLeft = new RelayDirection(right, left, tag == null ? FrameChange.NONE : tag::take);
    this.thread = Thread.ofPlatform().name("tp-relay").daemon().unstarted(this::run);
  }

  /** Lays the cable, in fair weather; both ends are still down and have no address. */
  public static Relay between(
      NetworkNamespace left, String leftName, NetworkNamespace right, String rightName)
      throws IOException {
    return between(left, leftName, right, rightName, null);
  }

  /**
   * Lays a cable with a switch in it: the left end is at a port of a VLAN, the right one at a
   * trunk, where frames of this VLAN have its tag and others do not come from.
   *
   * @param vlan 1 to 4094
   */
  public static Relay tagging(
      NetworkNamespace left, String leftName, NetworkNamespace right, String rightName, int vlan)
      throws IOException {
    return between(left, leftName, right, rightName, new VlanTag(vlan));
  }

  private static Relay between(
      NetworkNamespace left, String leftName, NetworkNamespace right, String rightName, VlanTag tag)
      throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/net/tun")), "skipped: this kernel has no tap devices");
    Tap leftTap = Tap.open(left, leftName);
    try {
      Relay relay = new Relay(leftTap, Tap.open(right, rightName), tag);
      relay.thread.start();
      return relay;
    } catch (IOException e) {
      leftTap.close();
      throw e;
    }
  }

  public CableEnd left() {
    return left.end;
  }

  public CableEnd right() {
    return right.end;
  }

  /** From the next frame on that goes from left to right. */
  public void toRight(Weather weather) {
    toRight.weather(weather);
  }

  /** From the next frame on that goes from right to left. */
  public void toLeft(Weather weather) {
    toLeft.weather(weather);
  }

  /** From left to right, until now. */
  public RelayCounts toRight() {
    return toRight.counts();
  }

  /** From right to left, until now. */
  public RelayCounts toLeft() {
    return toLeft.counts();
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment descriptors = arena.allocate(2L * POLLFD_BYTES, Long.BYTES);
      descriptors.set(JAVA_INT, 0, left.descriptor);
      descriptors.set(JAVA_SHORT, Integer.BYTES, POLLIN);
      descriptors.set(JAVA_INT, POLLFD_BYTES, right.descriptor);
      descriptors.set(JAVA_SHORT, POLLFD_BYTES + Integer.BYTES, POLLIN);
      while (!isClosing) {
        boolean isHolding = toRight.isHolding() || toLeft.isHolding();
        SystemCalls.poll(descriptors, 2, isHolding ? HOLDING_MS : IDLE_MS);
        toRight.move();
        toLeft.move();
      }
    }
  }

  /** Ends the thread and takes both interfaces away. */
  @Override
  public void close() {
    isClosing = true;
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        isInterrupted = true; // the descriptors are the thread's until it ends, which is soon
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    left.close();
    right.close();
  }
}
