package io.tradepit.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a market segment is told before it starts. Every value was checked when it was read;
 * paths are absolute.
 *
 * @param file where it was read from
 * @param name of the segment
 * @param sessions in the order of the file, which gives them their ids from 0
 * @param instruments in the order of the file, which gives them their ids from 1
 * @param credentialsFile holds the hashes of the sessions that name none themselves
 * @param ports driven past the kernel; each is used by a gateway or by the feed
 * @param adminSocket path of the admin socket
 * @param adminAccess who may use it
 * @param sha256 of the file's text, 64 hexadecimal digits
 */
public record SegmentConfig(
    Path file,
    String name,
    Profile profile,
    Directories directories,
    List<Instrument> instruments,
    List<Firm> firms,
    List<Session> sessions,
    Path credentialsFile,
    List<EthernetPort> ports,
    List<Gateway> gateways,
    Feed feed,
    Durability durability,
    PageKind pages,
    Capacities capacities,
    List<ThreadPlan> threads,
    Host host,
    Path adminSocket,
    AdminAccess adminAccess,
    InetSocketAddress metrics,
    LogFile log,
    Telemetry telemetry,
    Snapshots snapshots,
    Storage storage,
    Day day,
    String sha256) {

  /** What may be left out of a configuration. */
  public enum Profile {
    /** Everything has a default; nothing is pinned or reserved. */
    EMBEDDED,
    /** Durability, page kind and transport must be named. */
    BOX;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** When a command counts as durable. */
  public enum Durability {
    /** When the recorder has written it. */
    RECORDED("process yes, OS no, power no"),
    /** When the disk says that it has it. */
    SYNCED("process yes, OS yes, power yes");

    private final String survives;

    Durability(String survives) {
      this.survives = survives;
    }

    /** What an answered order survives. */
    public String survives() {
      return survives;
    }

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** What the matching state lies on. */
  public enum PageKind {
    /** A file on /dev/shm that the kernel is told to collapse into huge pages. */
    COLLAPSE,
    /** A tmpfs that is mounted with {@code huge=always}. */
    HUGE_TMPFS,
    /** No huge pages, by decision. */
    BASE;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** What carries a gateway's connections. */
  public enum TransportKind {
    IO_URING,
    EPOLL,
    /** A TCP stack of our own over an Ethernet port, past the kernel. */
    BYPASS,
    /** The better one that the kernel has; the embedded profile only. */
    AUTO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a thread does when it has nothing to do. */
  public enum Idle {
    BUSY_SPIN,
    YIELD,
    BACKOFF;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /**
   * @param data on a disk: log, recordings, credentials, the log file
   * @param shm of the media driver, in memory
   * @param state of the matching state, in memory
   */
  public record Directories(Path data, Path shm, Path state) {}

  /**
   * @param symbol 1 to 8 characters, not padded
   * @param tick4 and {@code referencePrice4} in units of 0.0001
   * @param lot orders are for whole multiples of it
   */
  public record Instrument(String symbol, long tick4, int lot, long referencePrice4) {}

  /**
   * @param code one to four capitals
   * @param member name of the member that it belongs to
   */
  public record Firm(String code, String member) {}

  /**
   * @param username 1 to 6 characters
   * @param firms codes, the default first
   * @param gateway id of the session's home
   * @param credential hash of its password, or empty when the credentials file has it
   * @param allowedSources addresses that it may connect from
   * @param messageRate messages a second before they are rejected; 0 = no limit
   * @param hardRate messages a second before it is not read and cut; 0 = no limit
   * @param cancelOnDisconnect from a disconnect until its open orders are canceled, in whole
   *     milliseconds; 0 = at once, empty = they stay
   */
  public record Session(
      String username,
      List<String> firms,
      int gateway,
      Optional<String> credential,
      List<Cidr> allowedSources,
      int messageRate,
      int hardRate,
      Optional<Duration> cancelOnDisconnect) {}

  /**
   * @param id from 1
   * @param address with port; port 0 = any that is free. That of its Ethernet port, if it has one
   * @param ethernetPort of the bypass transport
   */
  public record Gateway(
      int id,
      TransportKind transport,
      InetSocketAddress address,
      Optional<EthernetPort> ethernetPort) {}

  /**
   * Market data.
   *
   * @param lineA and {@code lineB}: multicast groups
   * @param networkInterface address of the kernel's interface that they leave by; empty = they
   *     leave by Ethernet ports
   * @param linePorts that they leave by; empty = by the kernel's interface
   * @param ttl hops that they may take
   * @param retransmission empty = no requests are served
   * @param glimpse empty = no snapshots are served
   */
  public record Feed(
      InetSocketAddress lineA,
      InetSocketAddress lineB,
      Optional<InetAddress> networkInterface,
      Optional<LinePorts> linePorts,
      int ttl,
      Optional<Retransmission> retransmission,
      Optional<Glimpse> glimpse) {
    /** Whether a receiver is helped that has lost something, or came late. */
    public boolean isRecovered() {
      return retransmission.isPresent() || glimpse.isPresent();
    }
  }

  /** The Ethernet ports of the two lines, which may be the same one. */
  public record LinePorts(EthernetPort lineA, EthernetPort lineB) {}

  /**
   * Where MoldUDP64 requests are served.
   *
   * @param address unicast, with port
   * @param burst requests that one source may send at once
   * @param requestsPerSecond that it may send on and on
   * @param requesters sources that are kept apart at a time
   */
  public record Retransmission(
      InetSocketAddress address, int burst, int requestsPerSecond, int requesters) {}

  /**
   * Where GLIMPSE snapshots are served.
   *
   * @param clients connections at a time
   */
  public record Glimpse(TransportKind transport, InetSocketAddress address, int clients) {}

  /** What the segment has room for; they become part of the day. */
  public record Capacities(
      int orders, int levels, int openOrdersOfSession, int instruments, int sessions) {}

  /**
   * @param name of the OS thread
   * @param roles that run on it, in the order of their duty cycles
   * @param core that it is pinned to, or empty for any
   * @param fifo priority of SCHED_FIFO, 1 to 99 (sched(7)), or empty for the kernel's default
   *     policy
   */
  public record ThreadPlan(
      String name, List<String> roles, OptionalInt core, Idle idle, OptionalInt fifo) {
    /** Whether it never sleeps, so that a core of its own is all busy. */
    public boolean polls() {
      return idle != Idle.BACKOFF;
    }

    /**
     * Whether no other thread comes to run on its core: under SCHED_FIFO a yield makes room for
     * threads of the same priority only (sched_yield(2)).
     */
    public boolean holdsItsCore() {
      return idle == Idle.BUSY_SPIN || (idle == Idle.YIELD && fifo.isPresent());
    }
  }

  /**
   * What the machine is asked for. What is left out is asked of nobody.
   *
   * @param layout of cores; the segment's threads are then those of it
   * @param pages of memory
   * @param lockMemory whether memory of the process stays in memory (mlockall(2))
   * @param accepted ids of facts that may fail though threads are pinned
   */
  public record Host(
      Optional<AffinityLayout> layout,
      Optional<HugePagePlan> pages,
      List<NicPlan> nics,
      Switch lockMemory,
      List<String> accepted) {
    /** Nothing is asked for. */
    public static final Host NONE =
        new Host(Optional.empty(), Optional.empty(), List.of(), Switch.OFF, List.of());

    public Host {
      nics = List.copyOf(nics);
      accepted = List.copyOf(accepted);
    }
  }

  /**
   * A network card of the machine.
   *
   * @param networkInterface name, such as {@code eth2}
   */
  public record NicPlan(String networkInterface, NicProfile profile) {}

  /**
   * @param maxSizeBytes of one file
   * @param files how many are kept, the one in use included
   */
  public record LogFile(Path file, String level, long maxSizeBytes, int files) {}

  /**
   * @param stamps whether the way of each order is stamped and its latencies written
   * @param intervalS seconds that one line of the latency log stands for
   */
  public record Telemetry(Switch stamps, int intervalS) {}

  /**
   * Snapshots of the matching state.
   *
   * @param replica whether a second matcher goes after the live one; without it there are none
   * @param everyS seconds between two, when something was done in between; 0 = by command only
   * @param keep how many of a day are kept
   */
  public record Snapshots(Switch replica, int everyS, int keep) {}

  /**
   * How recordings lie on the disk, and how much of days that are over stays there; the newest of
   * them always does.
   *
   * @param keepDays closed days; 0 = all
   * @param keepMiB of their recordings; 0 = all
   * @param zerosAhead whether zeros are written ahead of recordings that are flushed
   */
  public record Storage(int keepDays, int keepMiB, Switch zerosAhead) {}

  /** Who may use the admin socket. */
  public enum AdminAccess {
    /** The user that the segment runs as, and root. */
    OWNER,
    /** The members of that user's group as well. */
    GROUP;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** Whether something is done. */
  public enum Switch {
    ON,
    OFF;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /**
   * @param date of the trading day, or empty for the date at start in its zone
   */
  public record Day(ZoneId zone, Optional<LocalDate> date) {
    /** The trading date of a segment that starts now. */
    public LocalDate dateAt(Instant now) {
      return date.orElseGet(() -> LocalDate.ofInstant(now, zone));
    }

    /** Midnight of a date in this zone, nanoseconds since the Unix epoch. */
    public long midnightNs(LocalDate of) {
      return Math.multiplyExact(of.atStartOfDay(zone).toEpochSecond(), 1_000_000_000L);
    }
  }

  /** This segment on the threads of a layout. */
  SegmentConfig with(AffinityLayout layout) {
    return new SegmentConfig(
        file,
        name,
        profile,
        directories,
        instruments,
        firms,
        sessions,
        credentialsFile,
        ports,
        gateways,
        feed,
        durability,
        pages,
        capacities,
        layout.plans(),
        new Host(
            Optional.of(layout), host.pages(), host.nics(), host.lockMemory(), host.accepted()),
        adminSocket,
        adminAccess,
        metrics,
        log,
        telemetry,
        snapshots,
        storage,
        day,
        sha256);
  }

  /** The thread that a role runs on. */
  public ThreadPlan threadOf(String role) {
    return threads.stream().filter(plan -> plan.roles().contains(role)).findFirst().orElseThrow();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
