package io.tradepit.perf.wire;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.openloop.HistogramFile;
import io.tradepit.tools.segment.ChildSegment;
import io.tradepit.tools.segment.SegmentPlan;
import io.tradepit.tools.segment.SegmentStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Transports of the gateway in turn, round by round: for each count of sessions a fresh segment and
 * a fresh member, each a process with this JVM's flags, which are the product's when the launcher
 * has started it.
 *
 * <p>On a machine of two cores the segment's order path and the member spin on one each, and all
 * else comes between: compare rows of one run.
 */
public final class WireComparison {
  /** Over loopback. */
  public static final List<String> KERNEL_TRANSPORTS = List.of("io_uring", "epoll");

  /** Over a veth pair, those too that go around the kernel's stack. */
  public static final List<String> ALL_TRANSPORTS =
      List.of("io_uring", "epoll", "bypass/net_af_packet", "bypass/net_af_xdp");

  // Of a segment beside what it records; Aeron's buffers and the matcher's state are in /dev/shm.
  private static final long ROOM_BYTES = 1L << 30;
  private static final double MEBI = 1 << 20;

  private final WireOptions options;
  private final boolean isVeth;
  private final Path journal;
  private final Optional<Path> histograms;
  private final Consumer<String> progress;
  private final List<WireResults> results = new ArrayList<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();

  /**
   * @param transports names of {@link #ALL_TRANSPORTS}
   * @param layouts of the segment's threads, each for each transport
   * @param isVeth whether a veth pair lies between, which needs root; loopback else
   * @param journal directory in which recordings are made
   * @param histograms directory for the latencies of each run, a file each
   */
  public WireComparison(
      WireOptions options,
      List<String> transports,
      List<ThreadLayout> layouts,
      boolean isVeth,
      Path journal,
      Optional<Path> histograms,
      Consumer<String> progress) {
    this.options = options;
    this.isVeth = isVeth;
    this.journal = journal;
    this.histograms = histograms;
    this.progress = progress;
    for (String transport : transports) {
      for (ThreadLayout layout : layouts) {
        results.add(new WireResults(transport, layout));
      }
    }
  }

  /**
   * Runs all.
   *
   * @throws IllegalStateException before it, when recordings have no room; later, when a member
   *     fails: with what it says and the last lines of its segment
   */
  public WireReport measure(int rounds) {
    requireRoom();
    for (int round = 1; round <= rounds; round++) {
      for (int turn = 0; turn < results.size(); turn++) {
        // Each round begins with the next one, so that none runs always behind the same.
        WireResults next = results.get((turn + round - 1) % results.size());
        if (!skipped.containsKey(next.transport())) {
          run(next, "round " + round + " of " + rounds, round);
        }
      }
    }
    results.removeIf(each -> skipped.containsKey(each.transport()));
    String network = isVeth ? VethPair.LABEL : Loopback.LABEL;
    return new WireReport(options, network, journal, results, skipped);
  }

  private void requireRoom() {
    try {
      long freeBytes = Files.getFileStore(journal).getUsableSpace();
      long wantedBytes = ROOM_BYTES + options.mostRecordedBytes();
      if (freeBytes < wantedBytes) {
        throw new WireException(
            "journal=%s freeMiB=%.0f wantedMiB=%.0f: allowed fewer rates or seconds"
                .formatted(journal, freeBytes / MEBI, wantedBytes / MEBI));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("journal=" + journal + ": cannot be looked at", e);
    }
  }

  private void run(WireResults into, String roundOf, int round) {
    progress.accept("wire: " + roundOf + ": " + into.name());
    WireOptions all = into.layout() == ThreadLayout.SPINNING ? options : options.withoutOpenLoop();
    into.beginRound();
    try (WireNetwork network = network(into.transport())) {
      for (int sessions : all.sessions()) {
        run(into, network, all.withSessions(sessions), round);
      }
    } catch (SegmentStartException e) {
      skip(into.transport(), e);
    }
  }

  private void run(WireResults into, WireNetwork network, WireOptions of, int round) {
    int port = SegmentPlan.freePort();
    WirePlan plan =
        new WirePlan(into.transport(), into.layout(), network.address(), port, of.mostSessions());
    try (ChildSegment segment =
        ChildSegment.startTemporary(journal, plan.yaml(), network::inVenue)) {
      try {
        member(segment, network, port, of).run(line -> take(line, into, round));
      } catch (IllegalStateException e) {
        // What the segment printed goes with its directory.
        throw new IllegalStateException(e.getMessage() + " segmentSaid=" + segment.lastLines(), e);
      }
    }
  }

  private WireNetwork network(String transport) {
    return isVeth ? new VethPair(!WirePlan.isBypass(transport)) : new Loopback();
  }

  /** Only when the segment says that this machine has not what was asked for. */
  private void skip(String transport, SegmentStartException refusal) {
    String kind = transport.split("/", -1)[0];
    if (!refusal.getMessage().contains("transport=" + kind + " available=no")) {
      throw refusal;
    }
    skipped.put(transport, refusal.getMessage());
    progress.accept("wire: skipped " + transport + ": " + refusal.getMessage());
  }

  private ChildJvm member(ChildSegment segment, WireNetwork network, int port, WireOptions of) {
    List<String> arguments = new ArrayList<>();
    arguments.add(segment.directory().toString());
    arguments.add(Long.toString(segment.pid()));
    arguments.add(network.address());
    arguments.add(Integer.toString(port));
    arguments.addAll(of.arguments());
    return new ChildJvm(
            "member",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            ChildSegment.flags(),
            List.of(System.getProperty("java.class.path")),
            WireRuns.class,
            arguments)
        .begunBy(network::inMember);
  }

  private boolean take(String line, WireResults into, int round) {
    if (WireRow.isRow(line)) {
      WireRow row = WireRow.parse(line);
      into.add(row);
      histograms.ifPresent(
          folder -> HistogramFile.save(row.figures(), folder.resolve(fileName(into, row, round))));
    } else if (MemberGaps.isGaps(line)) {
      into.add(MemberGaps.parse(line));
    } else if (line.startsWith(WireRuns.BEGUN)) {
      progress.accept("wire: " + into.name() + ": " + line.substring(WireRuns.BEGUN.length()));
    } else if (line.startsWith(WireRuns.GIVEN_UP)) {
      into.giveUp(line.substring(WireRuns.GIVEN_UP.length()));
      progress.accept("wire: " + into.name() + ": " + line);
    } else if (line.startsWith(WireRuns.VERSION)) {
      into.member(line.substring(WireRuns.VERSION.length()));
    } else {
      return false;
    }
    return true;
  }

  private static String fileName(WireResults of, WireRow row, int round) {
    String transport = of.name().replace(", ", "-").replace('/', '-').replace(' ', '-');
    String rate =
        row.figures().rate() == WireRow.ONE_IN_FLIGHT
            ? "one-in-flight"
            : Long.toString(row.figures().rate());
    return "%s-%d-sessions-%s-%d.hgrm".formatted(transport, row.sessions(), rate, round);
  }
}
