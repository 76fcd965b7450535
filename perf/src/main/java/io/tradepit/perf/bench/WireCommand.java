package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.perf.wire.OrderMix;
import io.tradepit.perf.wire.ThreadLayout;
import io.tradepit.perf.wire.WireComparison;
import io.tradepit.perf.wire.WireJson;
import io.tradepit.perf.wire.WireOptions;
import io.tradepit.perf.wire.WirePage;
import io.tradepit.perf.wire.WireReport;
import io.tradepit.perf.wire.WireTable;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "wire",
    description = {
      "From a member's order to its Accepted: OUCH 5.0 over SoupBinTCP and TCP on loopback, against"
          + " a segment of its own, each transport of the gateway in turn.",
      "About nine minutes on a quiet machine, with --quick below two; each rate, and one order in"
          + " flight, lasts no longer than --seconds, and a rate that is not done 5 s later is given"
          + " up, and with it those above.",
      "First one order in flight: from before the write to after the read. Then an open loop: orders"
          + " are due at a fixed rate, whatever happens, and the latency is from that moment; each"
          + " transport takes one rate after the other until it does not keep two in a row. A rate is"
          + " kept when the last Accepted is read at most 10 ms, or 1 %% of the run, after the last"
          + " order was due.",
      "Segment and member are processes of their own, fresh for each count of sessions; the member"
          + " has one thread that spins. No order meets another one: a session sends in turn an"
          + " immediate-or-cancel order far from the market and one that rests until the session's"
          + " next order, which its cancel goes with. So a run can go on for long.",
      "Progress goes to stderr, the table to the terminal. Nothing else should run on the machine."
    })
final class WireCommand implements Callable<Integer> {
  private static final int MOST_SESSIONS = 1_000;
  private static final int MOST_RATE = 10_000_000;
  private static final int ROUNDS = 2;
  private static final int ORDERS = 20_000;
  private static final int QUICK_ORDERS = 5_000;
  private static final double SECONDS = 1;
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 60;
  private static final List<Integer> SESSIONS = List.of(1, 4, 16, 64);
  private static final List<Integer> QUICK_SESSIONS = List.of(1, 16);
  private static final List<Long> RATES =
      List.of(
          10_000L, 25_000L, 50_000L, 100_000L, 200_000L, 300_000L, 400_000L, 600_000L, 1_000_000L);
  private static final List<Long> QUICK_RATES = List.of(10_000L, 50_000L, 100_000L, 200_000L);

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "a rough look within two minutes: one round, 1 and 16 sessions, four rates")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "runs of each transport (default: 2)")
  private Integer rounds;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      split = ",",
      description = "that send, one count after another (default: 1,4,16,64)")
  private List<Integer> sessions;

  @Option(
      names = "--orders",
      paramLabel = "N",
      description =
          "one in flight, those that --seconds are enough for (default: 20,000, with --quick 5,000)")
  private Integer orders;

  @Option(
      names = "--rates",
      paramLabel = "R",
      split = ",",
      description = "of the open loop, orders a second (default: 10,000 to 1,000,000 in steps)")
  private List<Long> rates;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "that each rate lasts, and one order in flight at most (default: 1)")
  private Double seconds;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "both",
      description = "ioc, resting or both (default: ${DEFAULT-VALUE})")
  private String mix;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      split = ",",
      description =
          "io_uring, epoll, and with --veth bypass/net_af_packet, bypass/net_af_xdp (default: all)")
  private List<String> transports;

  @Option(
      names = "--threads",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "spinning,backing-off",
      description =
          "of the segment: the order path on one thread that spins, or two threads that back off"
              + " when nothing comes, for the processor time and without an open loop (default:"
              + " ${DEFAULT-VALUE})")
  private List<String> layouts;

  @Option(
      names = "--veth",
      description =
          "a pair of virtual Ethernet devices between two network namespaces in place of loopback;"
              + " as root")
  private boolean veth;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      defaultValue = "/dev/shm",
      description =
          "where recordings are made (default: ${DEFAULT-VALUE}: they survive the process and"
              + " nothing else)")
  private Path journal;

  @Option(
      names = "--histograms",
      paramLabel = "DIR",
      description = "writes the latencies of each run to DIR, an .hgrm file each")
  private Path histograms;

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = RunEnvironment.read();
    int count = allowed("--rounds", orElse(rounds, quick ? 1 : ROUNDS), 1, Integer.MAX_VALUE);
    WireComparison comparison =
        new WireComparison(
            options(),
            transports(),
            layouts(),
            veth,
            journal(),
            Optional.ofNullable(histograms),
            this::progress);
    if (histograms != null) {
      Files.createDirectories(histograms);
    }
    WireReport report = comparison.measure(count);
    if (report.isEmpty()) {
      throw new IllegalStateException("transports=none available, all were skipped");
    }
    output.write(
        spec.commandLine().getOut(),
        WireTable.of(report),
        WireJson.of(report, count, environment),
        WirePage.of(report, environment));
    return ExitCode.OK.number();
  }

  private WireOptions options() {
    List<Integer> counts = orElse(sessions, quick ? QUICK_SESSIONS : SESSIONS);
    counts.forEach(each -> allowed("--sessions", each, 1, MOST_SESSIONS));
    List<Long> perSecond = orElse(rates, quick ? QUICK_RATES : RATES);
    perSecond.forEach(each -> allowed("--rates", each, 1, MOST_RATE));
    return new WireOptions(
        counts.stream().sorted().distinct().toList(),
        allowed("--orders", orElse(orders, quick ? QUICK_ORDERS : ORDERS), 1, 10_000_000),
        perSecond.stream().sorted().distinct().toList(),
        seconds(),
        mix());
  }

  private double seconds() {
    double given = orElse(seconds, SECONDS);
    if (!(given >= LEAST_SECONDS && given <= MOST_SECONDS)) {
      throw refused("--seconds=" + given + ": allowed " + LEAST_SECONDS + ".." + MOST_SECONDS);
    }
    return given;
  }

  private Path journal() {
    if (!Files.isDirectory(journal)) {
      throw refused("--journal=" + journal + ": allowed a directory");
    }
    return journal;
  }

  private OrderMix mix() {
    return OrderMix.of(mix)
        .orElseThrow(() -> refused("--mix=" + mix + ": allowed ioc, resting, both"));
  }

  private List<String> transports() {
    List<String> known = veth ? WireComparison.ALL_TRANSPORTS : WireComparison.KERNEL_TRANSPORTS;
    List<String> named = orElse(transports, known);
    for (String name : named) {
      if (!known.contains(name)) {
        throw refused("--transport=" + name + ": allowed " + String.join(", ", known));
      }
    }
    return named.stream().distinct().toList();
  }

  private List<ThreadLayout> layouts() {
    return layouts.stream()
        .map(name ->
            ThreadLayout.of(name)
                .orElseThrow(
                    () -> refused("--threads=" + name + ": allowed spinning, backing-off")))
        .distinct()
        .toList();
  }

  private static <T> T orElse(T given, T standard) {
    return given == null ? standard : given;
  }

  private int allowed(String name, long value, int from, int to) {
    if (value < from || value > to) {
      throw refused(name + "=" + value + ": allowed " + from + ".." + to);
    }
    return (int) value;
  }

  private ParameterException refused(String line) {
    return new ParameterException(spec.commandLine(), line);
  }

  private void progress(String step) {
    spec.commandLine().getErr().println("tradepit: bench: " + step);
  }
}
