package io.tradepit.main;

import io.tradepit.cli.StartTable;
import io.tradepit.config.Credentials;
import io.tradepit.config.EthernetPort;
import io.tradepit.config.SegmentConfig;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.gateway.GatewayAgent;
import io.tradepit.host.AotCache;
import io.tradepit.host.PageReport;
import io.tradepit.host.ThreadPlacement.Placement;
import io.tradepit.host.ethernet.EthernetPorts.OpenPort;
import io.tradepit.matching.Capacities;
import io.tradepit.publication.FeedRecoveryAgent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table that a segment shows when it runs: what was asked for, and what was in fact obtained.
 */
final class SegmentTable {
  private final Segment segment;

  SegmentTable(Segment segment) {
    this.segment = segment;
  }

  StartTable table() {
    SegmentConfig config = segment.config;
    StartTable table =
        new StartTable("Tradepit segment " + config.name() + ", profile " + config.profile());
    obtained(table);
    operations(table);
    return table;
  }

  /** What figures depend on, by section and name; the places of files are not among it. */
  Map<String, String> obtained() {
    StartTable table = new StartTable("");
    obtained(table);
    return table.rows();
  }

  private void obtained(StartTable table) {
    ports(table);
    durability(table);
    memory(table);
    threads(table);
    host(table);
  }

  private void ports(StartTable table) {
    table.section("order entry (OUCH 5.0 over SoupBinTCP)");
    int id = 0;
    for (GatewayAgent gateway : segment.gateways) {
      SegmentConfig.Gateway plan = segment.config.gateways().get(id++);
      table.row(
          "gateway " + plan.id(),
          "%s, transport %s (asked: %s)"
              .formatted(text(gateway.localAddress()), gateway.transportName(), plan.transport()));
    }
    SegmentConfig.Feed feed = segment.config.feed();
    table.section("market data (ITCH 5.0 over MoldUDP64)");
    table.row("line A", lineText(feed, feed.lineA(), SegmentConfig.LinePorts::lineA));
    table.row("line B", lineText(feed, feed.lineB(), SegmentConfig.LinePorts::lineB));
    feedRecovery(table, feed);
    ethernetPorts(table);
  }

  static String lineText(
      SegmentConfig.Feed feed,
      InetSocketAddress group,
      Function<SegmentConfig.LinePorts, EthernetPort> line) {
    String from =
        feed.linePorts()
            .map(line)
            .map(port -> port.address().getHostAddress() + " by port " + port.name())
            .or(() -> feed.networkInterface().map(InetAddress::getHostAddress))
            .orElseThrow();
    return "%s from %s, ttl %d".formatted(text(group), from, feed.ttl());
  }

  private void ethernetPorts(StartTable table) {
    if (segment.config.ports().isEmpty()) {
      return;
    }
    table.section("Ethernet ports (DPDK), past the kernel");
    for (EthernetPort port : segment.config.ports()) {
      table.row(port.name(), portText(segment.ports.port(port), segment.ports.steering(port)));
    }
  }

  static String portText(OpenPort open, Optional<String> steering) {
    EthernetPort port = open.config();
    return "%s by %s, %s/%d%s%s, MAC %s, MTU %d, link %s, checksums %s, stamps %s%s"
        .formatted(
            port.device(),
            open.description().driver(),
            port.address().getHostAddress(),
            port.prefixBits(),
            port.gateway().map(gateway -> ", gateway " + gateway.getHostAddress()).orElse(""),
            port.vlan() == EthernetPort.NO_VLAN ? "" : ", VLAN " + port.vlan(),
            HexFormat.ofDelimiter(":").formatHex(open.macBytes()),
            open.description().mtu(),
            open.description().isLinkUp() ? "up" : "down",
            open.does(Dpdk.FILLS_CHECKSUMS) ? "by the card" : "by us",
            open.does(Dpdk.STAMPS) ? "of the card, in " + port.stampClock() : "of the poll",
            steering.map(obtained -> ", steering: " + obtained).orElse(""));
  }

  private void feedRecovery(StartTable table, SegmentConfig.Feed feed) {
    table.row(
        "retransmission",
        feed.retransmission()
            .map(plan ->
                "%s (UDP), of a source at most %d requests at once, %d a second"
                    .formatted(text(plan.address()), plan.burst(), plan.requestsPerSecond()))
            .orElse("not served"));
    table.row(
        "glimpse",
        feed.glimpse()
            .map(plan ->
                "%s, transport %s (asked: %s), at most %d clients"
                    .formatted(
                        text(plan.address()),
                        segment
                            .feedRecovery
                            .flatMap(FeedRecoveryAgent::glimpseTransport)
                            .orElseThrow(),
                        plan.transport(),
                        plan.clients()))
            .orElse("not served"));
  }

  private void durability(StartTable table) {
    SegmentConfig.Durability durability = segment.config.durability();
    table.section("durability");
    table.row("answers wait until", durability + "; survives: " + durability.survives());
    RecoveryReport recovery = segment.day.recovery;
    table.row("day", "%d of this archive, %s".formatted(recovery.day(), recovery.line()));
    table.row("snapshots", snapshotsText(segment.config.snapshots()));
  }

  private static String snapshotsText(SegmentConfig.Snapshots plan) {
    if (plan.replica() == SegmentConfig.Switch.OFF) {
      return "none: snapshots.replica=off";
    }
    String every = plan.everyS() == 0 ? "by command" : "every " + plan.everyS() + " s";
    return every + " and at a clean stop, of a replica; the newest " + plan.keep() + " are kept";
  }

  private void memory(StartTable table) {
    table.section("matching state (Chronicle Map), pages asked: " + segment.config.pages());
    for (String area : segment.day.store.areaNames()) {
      PageReport pages = segment.day.store.pages(area);
      table.row(area, pagesText(pages) + nodeText(SegmentHost.nodeOfState(segment.config)));
    }
    table.row(
        "capacities",
        capacitiesText(segment.day.capacities, TradingDay.configured(segment.config)));
  }

  static String capacitiesText(Capacities ofDay, Capacities configured) {
    return String.format(
        Locale.ROOT,
        "%,d orders, %,d levels, %,d instruments, %,d sessions%s",
        ofDay.maxOrders(),
        ofDay.maxLevels(),
        ofDay.maxInstruments(),
        ofDay.maxSessions(),
        ofDay.equals(configured) ? "" : "; the day's own: the configuration's begin with the next");
  }

  static String pagesText(PageReport pages) {
    String all = size(pages.sizeBytes());
    String page = size(pages.pageBytesObtained());
    return pages.isHuge() && pages.hugeBytes() < pages.sizeBytes()
        ? all + ", " + size(pages.hugeBytes()) + " of it on " + page + " pages"
        : all + ", all on " + page + " pages";
  }

  private static String size(long bytes) {
    boolean wholeMiB = bytes >= 1 << 20 && bytes % (1 << 20) == 0;
    return String.format(
        Locale.ROOT, wholeMiB ? "%,d MiB" : "%,d KiB", wholeMiB ? bytes >> 20 : bytes >> 10);
  }

  private void threads(StartTable table) {
    table.section("threads");
    for (SegmentConfig.ThreadPlan plan : segment.config.threads()) {
      Placement placement = segment.threads.obtained().get(plan.name());
      table.row(
          plan.name(),
          String.join(", ", plan.roles())
              + "; "
              + (placement == null ? "on the thread of another" : placementText(placement))
              + "; "
              + plan.idle());
    }
  }

  static String placementText(Placement placement) {
    String cpus = placement.cpus().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String where = placement.isPinned() ? "pinned to core " + cpus : "any of cores " + cpus;
    return placement.fifo() == 0 ? where : where + "; fifo " + placement.fifo();
  }

  private static String nodeText(OptionalInt node) {
    return node.isPresent() ? ", on NUMA node " + node.getAsInt() : "";
  }

  private void host(StartTable table) {
    table.section("host");
    table.row("JVM heap", pagesText(segment.host.jvm.heap()));
    table.row("JVM code", pagesText(segment.host.jvm.code()));
    table.row("JVM collector", collectorText());
    table.row("JVM's AOT cache", AotCache.text());
    OptionalLong locked = segment.host.lockedBytes();
    table.row(
        "memory",
        locked.isPresent()
            ? size(locked.getAsLong()) + " locked, each page when it is first touched"
            : "not locked");
    List<String> accepted = segment.host.acceptedIds();
    if (!accepted.isEmpty()) {
      table.row("accepted", "fails in preflight: " + String.join(", ", accepted));
    }
  }

  private static String collectorText() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(MemoryManagerMXBean::getName)
        .collect(Collectors.joining(", "));
  }

  private void operations(StartTable table) {
    SegmentConfig config = segment.config;
    table.section("operations");
    table.row("admin socket", config.adminSocket() + ", for its " + config.adminAccess());
    table.row("latencies", stampsText(config));
    table.row("metrics, health", "http://" + text(segment.metrics.address()) + "/metrics, /health");
    table.row("log", config.log().file().toString());
    table.row(
        "logins",
        config.credentialsFile().resolveSibling(Credentials.LOGINS_FILE)
            + (segment.loginsCreated ? " (made now)" : ""));
  }

  private static String stampsText(SegmentConfig config) {
    return config.telemetry().stamps() == SegmentConfig.Switch.OFF
        ? "not stamped"
        : config.directories().data().resolve("latency") + "; 'tradepit report' shows them";
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
