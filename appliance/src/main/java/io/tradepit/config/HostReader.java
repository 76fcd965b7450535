package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Feed;
import io.tradepit.config.SegmentConfig.Gateway;
import io.tradepit.config.SegmentConfig.Host;
import io.tradepit.config.SegmentConfig.NicPlan;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.Switch;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a segment asks of its machine, and the files that it names. */
final class HostReader {
  private static final Pattern FACT = Pattern.compile("[a-z0-9-]+(\\.[a-zA-Z0-9_-]+)+");
  private static final int MOST_ACCEPTED = 256;
  private static final int MOST_NICS = 32;

  private final NamedFiles files;

  HostReader(NamedFiles files) {
    this.files = files;
  }

  /** The section {@code host}, or nothing where the file has none. */
  Host host(Section root) {
    if (!root.has("host")) {
      return Host.NONE;
    }
    Section section = root.section("host");
    Host host =
        new Host(
            files.read(section, "layout", HostFiles.AFFINITY, AffinityReader::read),
            files.read(section, "hugepages", HostFiles.HUGE_PAGES, HugePageReader::read),
            nics(section),
            section.choice("lockMemory", Switch.OFF, Switch.class),
            section.texts(
                "accept", 0, MOST_ACCEPTED, FACT, "the id of a fact, such as boot.isolcpus"));
    section.finish();
    return host;
  }

  private List<NicPlan> nics(Section host) {
    List<NicPlan> nics = new ArrayList<>();
    for (Section section : host.sections("nics", 0, MOST_NICS)) {
      String name =
          section.text("interface", null, NicProfile.INTERFACE, NicProfile.INTERFACE_ALLOWED);
      if (nics.stream().anyMatch(earlier -> earlier.networkInterface().equals(name))) {
        section.notAllowed("interface", "a name that is used once");
      }
      files.profile(section).ifPresent(profile -> nics.add(new NicPlan(name, profile)));
      section.finish();
    }
    return nics;
  }

  /**
   * The threads of a segment: those of its layout, else of its own file.
   *
   * @param plant reads them from the file
   */
  List<ThreadPlan> threads(
      Section root,
      Host host,
      Profile profile,
      PlantReader plant,
      List<Gateway> gateways,
      Feed feed) {
    boolean namesLayout = root.has("host") && root.section("host").has("layout");
    if (!namesLayout) {
      return plant.threads(root, gateways, feed.isRecovered());
    }
    if (root.has("threads")) {
      root.notAllowed("threads", "not beside host.layout, which has the threads");
    }
    host.layout()
        .flatMap(layout -> misfit(layout, profile, gateways))
        .ifPresent(allowed -> root.section("host").notAllowed("layout", allowed));
    return host.layout().map(AffinityLayout::plans).orElse(List.of());
  }

  /**
   * A segment with another layout in place of its own threads.
   *
   * @param named as on the command line; relative paths are below the working directory
   * @throws ConfigException when there is no such layout or it does not fit
   */
  static SegmentConfig withLayout(SegmentConfig config, String named) {
    AffinityLayout layout = AffinityReader.named("--layout", named);
    misfit(layout, config.profile(), config.gateways())
        .ifPresent(allowed -> {
          throw new ConfigException(List.of("--layout=" + named + ": allowed " + allowed));
        });
    return config.with(layout);
  }

  /** What a layout would have to be for a segment to run on it; empty when it is so. */
  static Optional<String> misfit(AffinityLayout layout, Profile profile, List<Gateway> gateways) {
    if (layout.profile() != profile) {
      return Optional.of(
          "a layout of profile " + profile + ", that of the segment; it is of " + layout.profile());
    }
    String wanted = sorted(gateways.stream().map(gateway -> ThreadReader.GATEWAY + gateway.id()));
    String has =
        sorted(
            layout.plans().stream()
                .flatMap(plan -> plan.roles().stream())
                .filter(role -> role.startsWith(ThreadReader.GATEWAY)));
    return wanted.equals(has)
        ? Optional.empty()
        : Optional.of("a layout with threads for " + wanted + ", as the segment; it has " + has);
  }

  private static String sorted(Stream<String> roles) {
    return roles.distinct().sorted().collect(Collectors.joining(", "));
  }
}
