package io.tradepit.net;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.transport.bypass.BypassPort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An Ethernet port of this process, driven by DPDK, at one end of a cable; a member's namespace
 * with the kernel's TCP at the other.
 *
 * <pre>
 *   namespace member: m0, 10.77.0.2/24 =====cable===== namespace box: b0, the port, 10.77.0.1/24
 * </pre>
 *
 * <p>DPDK's environment is that of all tests of this process ({@link SharedDpdk}).
 */
public final class PortBench implements AutoCloseable {
  private final NetworkNamespace member;
  private final NetworkNamespace box;
  private final long handle;
  private final BypassPort port;

  private PortBench(NetworkNamespace member, NetworkNamespace box, long handle) throws IOException {
    this.member = member;
    this.box = box;
    this.handle = handle;
    Dpdk dpdk = SharedDpdk.dpdk();
    port =
        new BypassPort(
            "members",
            dpdk.device(handle),
            (Inet4Address) InetAddress.getByName("10.77.0.1"),
            24,
            null,
            0,
            dpdk::registerThread,
            dpdk::unregisterThread);
  }

  /**
   * Lays the cable and opens the port; a test on a machine that cannot is skipped with the reason.
   *
   * @param driver {@code net_af_packet} or {@code net_af_xdp}
   */
  public static PortBench open(String driver) throws IOException {
    NetworkNamespace member = NetworkNamespace.make("member");
    NetworkNamespace box = NetworkNamespace.make("box");
    VethPair cable = VethPair.between(member, "m0", box, "b0");
    cable.left().address("10.77.0.2/24");
    cable.right().withoutKernel();
    Dpdk dpdk = SharedDpdk.dpdk();
    long handle = box.call(() -> dpdk.open(PortOptions.of(driver + "_members", "iface=b0")));
    return new PortBench(member, box, handle);
  }

  /** The member's side. */
  public NetworkNamespace member() {
    return member;
  }

  /** The port, for one transport at a time. */
  public BypassPort port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    SharedDpdk.dpdk().close(handle);
    box.close();
    member.close();
  }
}
