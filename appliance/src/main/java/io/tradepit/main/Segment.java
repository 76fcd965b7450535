package io.tradepit.main;

import io.tradepit.admin.AdminContext;
import io.tradepit.admin.AdminDirectory;
import io.tradepit.admin.AdminServer;
import io.tradepit.config.Credentials;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.gateway.GatewayAgent;
import io.tradepit.gateway.GatewayContext;
import io.tradepit.gateway.PasswordAuthenticator;
import io.tradepit.gateway.PasswordHash;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import io.tradepit.matching.Matcher;
import io.tradepit.publication.FeedRecoveryAgent;
import io.tradepit.publication.PublisherAgent;
import io.tradepit.publication.PublisherContext;
import io.tradepit.sequencer.SequencerAgent;
import io.tradepit.sequencer.SequencerContext;
import io.tradepit.telemetry.AgentWatch;
import io.tradepit.telemetry.CounterRegistry;
import io.tradepit.telemetry.MetricsServer;
import io.tradepit.telemetry.SystemdNotifier;
import io.tradepit.time.Clock;
import io.tradepit.time.SystemClock;
import io.tradepit.transport.TransportContext;
import io.tradepit.transport.TransportFactory;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A market segment: every station made and wired, on its threads.
 *
 * <p>An order meets them in this order: gateway, sequencer, log, matcher, event stream, gateway and
 * publisher.
 */
public final class Segment implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Segment.class);
  private static final int RING_BYTES = 1 << 22;
  private static final int LOGINS_WAITING = 64;
  private static final long STALL_LIMIT_NS = 5_000_000_000L;

  final SegmentConfig config;
  final Libc libc = new FfmLibc();
  final Clock clock = new SystemClock(libc);
  final CounterRegistry counters = new CounterRegistry();
  final AgentWatch watch = new AgentWatch(counters);
  final Faults faults = new Faults();
  final SegmentThreads threads =
      new SegmentThreads(watch, new ThreadGauges(counters), libc, faults::onAgentFailure);
  final List<GatewayAgent> gateways = new ArrayList<>();
  final SegmentHost host;
  final boolean loginsCreated;
  final SegmentStamps stamps;
  final TradingDay day;
  final SegmentPorts ports;
  final FeedLines feed;
  final Optional<FeedRecoveryAgent> feedRecovery;
  final Optional<SnapshotAgent> snapshots;
  final MetricsServer metrics;

  private final List<AutoCloseable> resources = new ArrayList<>();
  private final Map<String, Agent> agents = new LinkedHashMap<>();
  private final AdminDirectory directory = new AdminDirectory();
  private final long startedNs = System.nanoTime();
  private boolean started;
  private volatile boolean ready;
  private boolean closed;
  private final SystemdNotifier systemd;
  private final DayOpening opening;
  private final DayEnd dayEnd;

  /**
   * Starts a segment; when it returns, members may log in.
   *
   * @param ports are opened, and closed by whoever made them, when the segment is closed
   * @throws io.tradepit.config.StartException naming what is not there; nothing is left behind then
   */
  static Segment start(SegmentConfig config, SegmentPorts ports) {
    return start(config, ports, config.profile() == SegmentConfig.Profile.EMBEDDED, true);
  }

  /** As the other, for a segment that no other day follows: it closes its ports itself. */
  static Segment start(SegmentConfig config) {
    SegmentPorts ports = new SegmentPorts(config);
    try {
      Segment segment = start(config, ports);
      segment.resources.addFirst(ports);
      return segment;
    } catch (RuntimeException e) {
      ports.close();
      throw e;
    }
  }

  /** Starts the segment of the day that follows a closed one, and opens that day. */
  static Segment startNextDay(SegmentConfig config, SegmentPorts ports) {
    return start(config, ports, true, false);
  }

  private static Segment start(
      SegmentConfig config, SegmentPorts ports, boolean opensDay, boolean isFirst) {
    try {
      return new Segment(config, ports, opensDay, isFirst);
    } catch (RuntimeException e) {
      throw StartFaults.explained(e);
    }
  }

  private Segment(SegmentConfig config, SegmentPorts ports, boolean opensDay, boolean isFirst) {
    this.config = config;
    this.ports = ports;
    stamps = new SegmentStamps(config, clock);
    try {
      host = SegmentHost.obtain(config, libc, threads, isFirst);
      Credentials credentials = Credentials.of(config, text -> PasswordHash.of(text).toString());
      loginsCreated = credentials.created();
      resources.add(SegmentPaths.of(config)::removeEmpty);
      ports.open(counters);
      feed = owned(new FeedLines(config.feed(), ports, counters));
      int readers = config.gateways().size() + 1;
      day =
          owned(
              TradingDay.open(config, libc, threads, faults, counters, stamps.commands(), readers));
      new ClosedDays(config, day.journal).settle();
      OneToOneRingBuffer[] rings = rings(config.gateways().size() + 3);
      opening = new DayOpening(config, rings[0], lastSequence(SequencerAgent.SEGMENT));
      systemd = new SystemdNotifier(System.getenv(), libc::notify, watch, SystemNanoClock.INSTANCE);
      for (int i = 0; i < config.gateways().size(); i++) {
        makeGateway(i, rings[i + 3], credentials);
      }
      agents.put("sequencer", sequencer(rings));
      agents.put("matcher", day.matcherAgent);
      PublisherAgent publisher = publisher();
      dayEnd = new DayEnd(publisher, this::sessionsConnected, faults, SystemNanoClock.INSTANCE);
      agents.put("publisher", publisher);
      FeedRecovery recovery = new FeedRecovery(config, day, clock, counters);
      feedRecovery = recovery.agent(credentials);
      feedRecovery.ifPresent(agent -> agents.put("feed-recovery", agent));
      snapshots = snapshots(rings[2], recovery);
      snapshots.ifPresent(agent -> agents.put("snapshots", agent));
      agents.put("admin", adminAndOthers(rings[1]));
      metrics = owned(new MetricsServer(config.metrics(), counters, this::reasonsDown));
      new SegmentGauges(counters).addTo(day);
      open(opensDay);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void makeGateway(int index, OneToOneRingBuffer ring, Credentials credentials) {
    SegmentConfig.Gateway plan = config.gateways().get(index);
    GatewayLogins logins = new GatewayLogins(config, plan.id(), credentials);
    GatewayAgent gateway =
        new GatewayAgent(
            new GatewayContext()
                .gatewayId(plan.id())
                .transport(listener ->
                    TransportFactory.open(
                        plan.transport().toString(),
                        plan.address(),
                        listener,
                        new TransportContext()
                            .clock(clock)
                            .counters(counters)
                            .maxConnections(logins.maxTransportConnections())
                            .bypassPort(plan.ethernetPort().map(ports::bypass).orElse(null))))
                .clock(clock)
                .commands(ring)
                .events(day.essentialReaders.get(index))
                .histories(day.journal::newEventHistory)
                .authenticator(new PasswordAuthenticator(logins.hashes(), LOGINS_WAITING))
                .counters(counters)
                .stamps(stamps.answers(plan.id()))
                .logger(LoggerFactory.getLogger(GatewayAgent.class))
                .sessionLimits(logins.limits())
                .maxConnections(logins.maxConnections())
                .firstGatewaySequence(lastSequence(plan.id()) + 1)
                .firstConnectionEpoch(day.tail.connectionEpoch() + 1));
    gateways.add(gateway);
    plan.ethernetPort().ifPresent(port -> ports.steer(port, gateway.localAddress()));
    agents.put("gateway-" + plan.id(), gateway);
    gateway.rebuild(day.table);
  }

  private long lastSequence(int gateway) {
    return Math.max(day.matcher.gatewaySequence(gateway), day.tail.gatewaySequence(gateway));
  }

  private Agent sequencer(OneToOneRingBuffer[] rings) {
    return new SequencerAgent(
        new SequencerContext()
            .log(day.log)
            .clock(clock)
            .counters(counters)
            .rings(rings)
            .deadline(day.timers)
            .lastLogged(day.tail.sequence(), day.tail.timeNs())
            .lastSegmentSequence(lastSequence(SequencerAgent.SEGMENT))
            .conclude());
  }

  private PublisherAgent publisher() {
    return new PublisherAgent(
        new PublisherContext()
            .eventReader(day.essentialReaders.getLast())
            .lineA(feed.lineA())
            .lineB(feed.lineB())
            .clock(clock)
            .counters(counters)
            .firstFeedMessageNumber(day.nextFeedMessageNumber)
            .streamSession(day.streamSession)
            .conclude());
  }

  // What has no hurry.
  private Agent adminAndOthers(OneToOneRingBuffer ring) {
    List<Agent> others = new ArrayList<>(List.of(admin(ring), systemd, dayEnd));
    if (!config.ports().isEmpty()) {
      others.add(new PortLinks(ports, SystemNanoClock.INSTANCE));
    }
    stamps.recorder(day.journal.day(), day.tail.sequence(), counters).ifPresent(others::add);
    return new CompositeAgent(others) {
      @Override
      public String roleName() {
        return "tp-admin";
      }
    };
  }

  private Agent admin(OneToOneRingBuffer ring) {
    return new AdminServer(
        new AdminContext()
            .socket(config.adminSocket())
            .forGroup(config.adminAccess() == SegmentConfig.AdminAccess.GROUP)
            .ring(ring)
            .events(day.observer)
            .directory(directory)
            .clock(clock)
            .nanoClock(SystemNanoClock.INSTANCE)
            .counters(counters)
            .status(new SegmentStatus(this))
            .dayOpener(this::openDay)
            .snapshot(this::wantSnapshot)
            .stop(faults::stop)
            .lastGatewaySequence(lastSequence(0)));
  }

  private Optional<SnapshotAgent> snapshots(OneToOneRingBuffer ring, FeedRecovery recovery) {
    SegmentConfig.Snapshots plan = config.snapshots();
    return plan.replica() == SegmentConfig.Switch.OFF
        ? Optional.empty()
        : Optional.of(
            new SnapshotAgent(
                day,
                plan,
                libc,
                new MarkCommands(ring),
                recovery.images,
                SystemNanoClock.INSTANCE,
                counters));
  }

  private void open(boolean opensDay) {
    readDirectory();
    boolean opens = opensDay || day.matcher.isDayOpen();
    if (opens) {
      opening.send(day.matcher, day.capacities, day.journal.day());
    }
    startThreads();
    if (opens) {
      opening.await(day.openingReader, faults);
    }
    // No one reads it any more: the event stream would wait for it once in every window.
    day.journal.release(day.openingReader);
    awaitFirstCycles();
    writeRecoveryReport();
    stamps.describe(new SegmentTable(this).obtained());
    ready = true;
    systemd.ready();
  }

  /** Whether members may log in; any thread. */
  boolean isReady() {
    return ready;
  }

  // A gateway listens from its first cycle on.
  private void awaitFirstCycles() {
    while (!(watch.allRan() && threads.areAllPlaced()) && !faults.isStopping()) {
      LockSupport.parkNanos(100_000);
    }
    if (faults.cause() != null) {
      throw StartFaults.ofAgent(faults.cause());
    }
  }

  // Names of sessions and instruments that were defined before this start.
  private void readDirectory() {
    Matcher matcher = day.matcher;
    for (int instrument = 1; instrument <= matcher.instruments(); instrument++) {
      directory.addInstrument(matcher.symbol(instrument));
    }
    for (int session = 0; session < day.capacities.maxSessions(); session++) {
      if (matcher.isSessionDefined(session)) {
        directory.addSession(session, matcher.username(session));
      }
    }
  }

  private void writeRecoveryReport() {
    try {
      day.recovery
          .ready(System.nanoTime() - startedNs)
          .write(SegmentPaths.of(config).recoveryReport());
    } catch (UncheckedIOException e) {
      LOGGER.warn("no report of the recovery: {}", e.getMessage());
    }
  }

  private void startThreads() {
    started = true;
    if (day.journal.recorder() != null) {
      agents.put("recorder", day.journal.recorder());
    }
    for (SegmentConfig.ThreadPlan plan : config.threads()) {
      List<Agent> own = new ArrayList<>();
      for (String role : plan.roles()) {
        if (agents.containsKey(role)) {
          own.add(agents.get(role));
        }
      }
      if (!own.isEmpty()) {
        threads.start(plan, own, agent -> ports.onThread(plan, agent));
      }
    }
  }

  // Asked on the admin thread. A closed day ends with its segment: the next one begins in another.
  private String openDay(int who) {
    if (day.matcher.isDayClosed()) {
      dayEnd.want();
      return null;
    }
    if (day.matcher.isDayOpen()) {
      return "the day is open";
    }
    opening.send(day.matcher, day.capacities, day.journal.day());
    return null;
  }

  // Asked on the admin thread.
  private String wantSnapshot() {
    if (snapshots.isEmpty()) {
      return "snapshots.replica=off";
    }
    snapshots.get().want();
    return snapshots.get().defect();
  }

  /** Sessions that are connected now; any thread. */
  int sessionsConnected() {
    int connected = 0;
    for (int id = 0; id < day.capacities.maxSessions(); id++) {
      connected += day.matcher.isSessionConnected(id) ? 1 : 0;
    }
    return connected;
  }

  private List<String> reasonsDown() {
    List<String> reasons = new ArrayList<>();
    for (String agent : watch.stalled(System.nanoTime(), STALL_LIMIT_NS)) {
      reasons.add("agent=" + agent + " stalled");
    }
    if (faults.cause() != null) {
      reasons.add("failed: " + faults.cause().getMessage());
    }
    snapshots.map(SnapshotAgent::defect).ifPresent(reasons::add);
    feedRecovery.map(FeedRecoveryAgent::defect).ifPresent(reasons::add);
    return reasons;
  }

  private static OneToOneRingBuffer[] rings(int count) {
    OneToOneRingBuffer[] rings = new OneToOneRingBuffer[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer memory =
          ByteBuffer.allocateDirect(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH);
      rings[i] = new OneToOneRingBuffer(new UnsafeBuffer(memory));
    }
    return rings;
  }

  private <T extends AutoCloseable> T owned(T resource) {
    resources.add(resource);
    return resource;
  }

  /** Stops the threads, then the recordings, then all else; what was offered is recorded first. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (started) {
      if (faults.isRolling()) {
        systemd.dayEnds();
      } else {
        systemd.stopping();
      }
      threads.close();
      stamps.end();
      if (faults.cause() == null) {
        snapshots.ifPresent(SnapshotAgent::finish);
      }
      snapshots.ifPresent(SnapshotAgent::release);
    } else {
      agents.values().forEach(Agent::onClose);
    }
    CloseHelper.closeAll(resources.reversed());
  }
}
