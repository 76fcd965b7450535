package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.NicProfile;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfig.Gateway;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the machine is compared with.
 *
 * @param layout of cores, if one is named
 * @param pages of memory, if a plan is named
 * @param nics cards and their profiles
 * @param pid of the running segment whose threads and memory are looked at, if one runs
 * @param watch how long what counts up is watched; zero = it is not watched, and such facts are
 *     left out
 * @param starting whether a segment asks before its start, by its own process: its limits are those
 *     of this process
 */
public record WantedHost(
    Optional<AffinityLayout> layout,
    Optional<HugePagePlan> pages,
    List<Nic> nics,
    OptionalLong pid,
    Duration watch,
    boolean starting) {
  public WantedHost {
    nics = List.copyOf(nics);
  }

  /** As a tool asks, not a start. */
  public WantedHost(
      Optional<AffinityLayout> layout,
      Optional<HugePagePlan> pages,
      List<Nic> nics,
      OptionalLong pid,
      Duration watch) {
    this(layout, pages, nics, pid, watch, false);
  }

  /** As a segment asks before its start: nothing is watched. */
  public static WantedHost ofStart(
      Optional<AffinityLayout> layout, Optional<HugePagePlan> pages, List<Nic> nics) {
    return new WantedHost(layout, pages, nics, OptionalLong.empty(), Duration.ZERO, true);
  }

  /**
   * @param networkInterface name, such as {@code eth2}
   * @param ports of gateways that members may reach by it; empty when none is known
   */
  public record Nic(String networkInterface, NicProfile profile, List<Integer> ports) {
    public Nic {
      ports = List.copyOf(ports);
    }

    /** A card of which no gateway's port is known. */
    public Nic(String networkInterface, NicProfile profile) {
      this(networkInterface, profile, List.of());
    }

    /** The cards that a segment names, with the ports of its gateways. */
    public static List<Nic> of(SegmentConfig config) {
      List<Integer> ports = ports(config);
      return config.host().nics().stream()
          .map(nic -> new Nic(nic.networkInterface(), nic.profile(), ports))
          .toList();
    }

    /**
     * Ports of a segment's gateways that are reached over a network. One that is picked at the
     * start is not known.
     */
    public static List<Integer> ports(SegmentConfig config) {
      return config.gateways().stream()
          .map(Gateway::address)
          .filter(address -> !address.getAddress().isLoopbackAddress() && address.getPort() != 0)
          .map(InetSocketAddress::getPort)
          .distinct()
          .toList();
    }
  }
}
