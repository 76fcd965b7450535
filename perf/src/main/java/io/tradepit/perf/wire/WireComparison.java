package io.tradepit.perf.wire;

import io.tradepit.perf.ChildJvm;
import io.tradepit.tools.segment.ChildSegment;
import io.tradepit.tools.segment.SegmentPlan;
import io.tradepit.tools.segment.SegmentStartException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Transports of the gateway in turn, round by round: each time a fresh segment and a fresh member,
 * each a process with this JVM's flags, which are the product's when the launcher has started it.
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

  /** Runs all. */
  public WireReport measure(int rounds) {
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
    return new WireReport(options, isVeth ? VethPair.LABEL : Loopback.LABEL, results, skipped);
  }

  private void run(WireResults into, String roundOf, int round) {
    progress.accept("wire: " + roundOf + ": " + into.name());
    WireOptions of = into.layout() == ThreadLayout.SPINNING ? options : options.forBackingOff();
    try (WireNetwork network = network(into.transport())) {
      int port = SegmentPlan.freePort();
      WirePlan plan =
          new WirePlan(into.transport(), into.layout(), network.address(), port, of.mostSessions());
      try (ChildSegment segment =
          ChildSegment.startTemporary(journal, plan.yaml(), network::inVenue)) {
        into.beginRound();
        member(segment, network, port, of).run(line -> take(line, into, round));
      }
    } catch (SegmentStartException e) {
      skip(into.transport(), e);
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
            ManagementFactory.getRuntimeMXBean().getInputArguments(),
            List.of(System.getProperty("java.class.path")),
            WireRuns.class,
            arguments)
        .begunBy(network::inMember);
  }

  private boolean take(String line, WireResults into, int round) {
    if (WireRow.isRow(line)) {
      WireRow row = WireRow.parse(line);
      into.add(row);
      histograms
          .filter(folder -> row.figures().isDone())
          .ifPresent(folder -> save(folder.resolve(fileName(into, row, round)), row));
    } else if (MemberGaps.isGaps(line)) {
      into.add(MemberGaps.parse(line));
    } else if (line.startsWith(WireRuns.BEGUN)) {
      progress.accept("wire: " + into.name() + ": " + line.substring(WireRuns.BEGUN.length()));
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

  private static void save(Path file, WireRow row) {
    try (PrintStream text =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      row.latencies().outputPercentileDistribution(text, 1e3);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be written", e);
    }
  }
}
