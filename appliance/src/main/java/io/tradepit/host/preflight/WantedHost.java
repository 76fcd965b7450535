package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.NicProfile;
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
 */
public record WantedHost(
    Optional<AffinityLayout> layout,
    Optional<HugePagePlan> pages,
    List<Nic> nics,
    OptionalLong pid,
    Duration watch) {
  public WantedHost {
    nics = List.copyOf(nics);
  }

  /**
   * @param networkInterface name, such as {@code eth2}
   */
  public record Nic(String networkInterface, NicProfile profile) {}
}
