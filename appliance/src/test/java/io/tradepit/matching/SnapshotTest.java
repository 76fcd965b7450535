package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.matching.RandomCommands.Profile;
import io.tradepit.matching.book.BookInspector;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A matcher that goes on from a snapshot does what the one does that wrote it. */
@Timeout(60)
class SnapshotTest {
  private static final int BLOCK = 20_000;
  private static final int BETWEEN_SNAPSHOTS = 2_000;
  private static final int MOST_ROUNDS = 30;
  private static final List<Profile> PROFILES = List.of(Profile.values());
  private static final long SYMBOL = RandomCommands.SYMBOLS[0];

  private long snapshots;
  private long messages;
  private int mostMessageBytes;

  /** A matcher and the events of the command in progress. */
  private static final class Subject implements EventSink {
    final Capacities capacities;
    final Matcher matcher;
    final ExpandableArrayBuffer events = new ExpandableArrayBuffer(1 << 16);
    int length;

    Subject(Capacities capacities, int limit) {
      this.capacities = capacities;
      StateLayout layout = StateLayout.of(capacities);
      UnsafeBuffer[] books = StateMemory.books(layout);
      this.matcher = new Matcher(layout, books, StateMemory.pages(layout), this, limit);
    }

    @Override
    public void onEvents(
        long sequence,
        long timeNs,
        long wireNs,
        int firstIndex,
        int count,
        boolean last,
        DirectBuffer buffer,
        int offset,
        int bytes) {
      events.putLong(length, firstIndex);
      events.putBytes(length + 8, buffer, offset, bytes);
      length += 8 + bytes;
    }

    void apply(long sequence, Commands commands) {
      apply(sequence, 5000 + sequence * 3, commands);
    }

    void apply(long sequence, long timeNs, Commands commands) {
      length = 0;
      boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      while (!complete) {
        complete = matcher.resume();
      }
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void shouldGoOnFromASnapshotAsIfItHadAppliedEveryCommand() {
    long commands = Tier.count(100_000, 10_000_000);
    long first = Tier.seed(1);
    long seed = first;
    for (long done = 0; done < commands; done += BLOCK) {
      new Run(seed++).run();
    }
    assertTrue(mostMessageBytes <= SnapshotWriter.MOST_MESSAGE_BYTES, "bytes=" + mostMessageBytes);
    Tier.ran(
        "snapshot",
        "commands="
            + commands
            + " seeds="
            + first
            + ".."
            + (seed - 1)
            + " snapshots="
            + snapshots
            + " messages="
            + messages
            + " mostMessageBytes="
            + mostMessageBytes);
  }

  private final class Run {
    private final long seed;
    private final Profile profile;
    private final ReferenceMatcher reference;
    private final RandomCommands random;
    private final Commands commands;
    private final SplittableRandom moments;
    private final Subject original;
    private Subject copy;
    private long sequence;

    Run(long seed) {
      this.seed = seed;
      this.profile = PROFILES.get((int) (seed % PROFILES.size()));
      this.reference = new ReferenceMatcher(profile.capacities);
      this.random = new RandomCommands(seed, profile, reference);
      this.commands = random.commands;
      this.moments = new SplittableRandom(~seed);
      this.original = new Subject(profile.capacities, profile.limit);
    }

    void run() {
      snapshot();
      some(5);
      commands.gateway(1);
      commands.openDay(profile.capacities);
      apply();
      snapshot();
      for (long symbol : RandomCommands.SYMBOLS) {
        commands.defineInstrument(symbol, 100, 10);
        apply();
      }
      for (int i = 0; i < RandomCommands.SESSIONS; i++) {
        random.defineSession(i);
        apply();
        random.connect(i);
        apply();
      }
      commands.gateway(1);
      commands.startTrading();
      apply();
      some((int) (BLOCK - sequence) - 2);
      commands.gateway(255);
      commands.closeDay();
      apply();
      snapshot();
      some(1);
    }

    private void some(int count) {
      for (int i = 0; i < count; i++) {
        random.next();
        apply();
        if (moments.nextInt(BETWEEN_SNAPSHOTS) == 0) {
          snapshot();
        }
      }
    }

    private void apply() {
      sequence++;
      original.apply(sequence, random.timeNs(), commands);
      copy.apply(sequence, random.timeNs(), commands);
      reference.onCommand(sequence, 5000 + sequence * 3, commands.buffer, 0, commands.length());
      assertEquals(original.matcher.stateHash(), copy.matcher.stateHash(), this::describe);
      assertTrue(original.length == copy.length && equalEvents(), this::describe);
    }

    private boolean equalEvents() {
      for (int i = 0; i < original.length; i += Long.BYTES) {
        if (original.events.getLong(i) != copy.events.getLong(i)) {
          return false;
        }
      }
      return true;
    }

    private String describe() {
      return "seed=" + seed + " profile=" + profile + " sequence=" + sequence;
    }

    /** Of the original or of what goes on from an older snapshot: they cannot be told apart. */
    private void snapshot() {
      Subject source = copy == null || moments.nextBoolean() ? original : copy;
      SavedSnapshot saved = inSteps(source.matcher);
      Subject loaded = new Subject(profile.capacities, profile.limit);
      saved.load(loaded.matcher);
      assertEquals(original.matcher.stateHash(), loaded.matcher.stateHash(), this::describe);
      assertEquals(original.matcher.logHash(), loaded.matcher.logHash(), this::describe);
      assertEquals(original.matcher.levelsInUse(), loaded.matcher.levelsInUse());
      assertEquals(original.matcher.lastTimeNs(), loaded.matcher.lastTimeNs());
      int orders = new BookInspector(loaded.matcher.state().books).check();
      assertEquals(original.matcher.ordersInUse(), orders, this::describe);
      assertTrue(saved.equalBytes(SavedSnapshot.of(loaded.matcher)), this::describe);
      copy = loaded;
      snapshots++;
      messages += saved.messages.size();
      for (byte[] message : saved.messages) {
        mostMessageBytes = Math.max(mostMessageBytes, message.length);
      }
    }

    /** Each step takes what it may or what the sink has room for. */
    private SavedSnapshot inSteps(Matcher matcher) {
      SavedSnapshot saved = new SavedSnapshot();
      SnapshotWriter writer = new SnapshotWriter(matcher);
      writer.begin();
      while (!writer.isComplete()) {
        int limit = 1 + moments.nextInt(20);
        int before = saved.messages.size();
        int taken =
            writer.write((b, o, l) -> moments.nextInt(10) > 0 && saved.onMessage(b, o, l), limit);
        assertTrue(taken <= limit, "taken=" + taken);
        assertEquals(saved.messages.size() - before, taken);
      }
      assertEquals(0, writer.write(saved, 1));
      return saved;
    }
  }

  private static Subject trading(Capacities capacities, int limit) {
    Subject subject = new Subject(capacities, limit);
    Commands commands = new Commands();
    commands.openDay(capacities);
    subject.apply(1, commands);
    commands.defineInstrument(SYMBOL, 100, 1);
    subject.apply(2, commands);
    commands.defineSession(0, "USER00");
    subject.apply(3, commands);
    commands.connect(0, 1);
    subject.apply(4, commands);
    commands.startTrading();
    subject.apply(5, commands);
    return subject;
  }

  /** Resting orders of a session, at 5,000 prices, every third of them with tags. */
  private static Subject resting(int orders) {
    Subject subject = trading(new Capacities(orders, 10_000, orders, 1, 1), 256);
    Commands commands = new Commands();
    commands.gateway(2);
    for (int i = 0; i < orders; i++) {
      char side = (i & 1) == 0 ? 'B' : 'S';
      long price = 100 * (1 + i * 7919L % 2500) + (side == 'B' ? 0 : 300_000);
      var enter = commands.enter(0, 1, i + 1L, side, 100, SYMBOL, price);
      if (i % 3 == 0) {
        enter.tags().present(1L << 24).groupId(7);
      }
      subject.apply(6 + i, commands);
    }
    assertEquals(orders, subject.matcher.ordersInUse());
    return subject;
  }

  @Test
  void shouldLoadTheStateOfAMatcherThatHasAppliedNothing() {
    SavedSnapshot empty = SavedSnapshot.of(new Subject(Profile.TINY.capacities, 256).matcher);
    Subject loaded = new Subject(Profile.TINY.capacities, 256);

    empty.load(loaded.matcher);

    assertEquals(2, empty.messages.size());
    Commands commands = new Commands();
    commands.openDay(Profile.TINY.capacities);
    loaded.apply(1, commands);
    assertTrue(loaded.matcher.isDayOpen());
  }

  @Test
  void shouldRefuseASnapshotInTheMiddleOfACommand() {
    Subject subject = trading(new Capacities(10, 10, 10, 1, 1), 2);
    Commands commands = new Commands();
    commands.gateway(2);
    for (int i = 0; i < 5; i++) {
      commands.enter(0, 1, i + 1L, 'B', 100, SYMBOL, 1_000_000);
      subject.apply(6 + i, commands);
    }
    SnapshotWriter writer = new SnapshotWriter(subject.matcher);
    commands.control(0, 'C');

    assertFalse(subject.matcher.onCommand(11, 6000, commands.buffer, 0, commands.length()));

    assertEquals(
        "snapshot=refused sequence=11: the command is not complete",
        assertThrows(IllegalStateException.class, writer::begin).getMessage());
  }

  @Test
  void shouldGiveUpASnapshotWhenACommandIsAppliedBeforeItIsComplete() {
    Subject subject = resting(10);
    SnapshotWriter writer = new SnapshotWriter(subject.matcher);
    SavedSnapshot saved = new SavedSnapshot();
    writer.begin();
    assertEquals(3, writer.write(saved, 3));
    Commands commands = new Commands();
    commands.gateway(3);
    commands.tradingState(SYMBOL, 'H');
    subject.apply(16, commands);

    assertEquals(
        "snapshot=refused sequence=15 begun=16: a command was applied before the snapshot was"
            + " complete",
        assertThrows(IllegalStateException.class, () -> writer.write(saved, 3)).getMessage());

    saved.messages.clear();
    writer.begin();
    writer.write(saved, 100);
    assertTrue(writer.isComplete());
    saved.load(new Subject(subject.capacities, 256).matcher);
  }

  @Test
  void shouldAllocateNothingWhenItWrites() {
    Subject subject = resting(20_000);
    SnapshotWriter writer = new SnapshotWriter(subject.matcher);
    SnapshotSink sink = (buffer, offset, length) -> length != (snapshots & 7);
    long[] kept = new long[1];
    int rounds = 0;
    int withoutAllocation = 0;
    // What the JVM itself allocates on this thread while it compiles ends after some rounds.
    while (withoutAllocation < 3) {
      long bytes = AllocationMeter.bytesAllocatedBy(() -> writeAll(writer, sink));
      withoutAllocation = bytes == 0 ? withoutAllocation + 1 : 0;
      assertTrue(rounds++ < MOST_ROUNDS, "rounds=" + rounds + " bytes=" + bytes);
    }
    long control = AllocationMeter.bytesAllocatedBy(() -> kept[0] = new long[1000].length);
    assertTrue(control >= 8000 && kept[0] == 1000, "control=" + control);
    Tier.ran("snapshot allocation", "orders=20000 bytes=0 rounds=" + rounds);
  }

  private static void writeAll(SnapshotWriter writer, SnapshotSink sink) {
    writer.begin();
    while (!writer.isComplete()) {
      writer.write(sink, 64);
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldWriteAndLoadManyRestingOrders() {
    int orders = (int) Tier.count(100_000, 1_000_000);
    Subject subject = resting(orders);
    SnapshotWriter writer = new SnapshotWriter(subject.matcher);
    int slot = SnapshotWriter.MOST_MESSAGE_BYTES;
    ExpandableArrayBuffer memory = new ExpandableArrayBuffer(orders * 136 + 20 * slot);
    for (int round = 0; round < 3; round++) {
      int[] end = {0};
      long begun = cpuNs();
      writeAll(
          writer,
          (buffer, offset, length) -> {
            memory.putInt(end[0], length);
            memory.putBytes(end[0] + 8, buffer, offset, length);
            end[0] += 8 + length;
            return true;
          });
      long written = cpuNs();
      Subject loaded = new Subject(subject.capacities, 256);
      SnapshotLoader loader = new SnapshotLoader(loaded.matcher);
      long made = cpuNs();
      for (int at = 0; at < end[0]; at += 8 + memory.getInt(at)) {
        loader.onMessage(memory, at + 8, memory.getInt(at));
      }
      long done = cpuNs();
      assertTrue(loader.isComplete());
      assertEquals(subject.matcher.stateHash(), loaded.matcher.stateHash());
      Tier.ran(
          "snapshot of resting orders",
          "orders="
              + orders
              + " levels="
              + subject.matcher.levelsInUse()
              + " bytes="
              + end[0]
              + " writeCpuMs="
              + (written - begun) / 1_000_000
              + " loadCpuMs="
              + (done - made) / 1_000_000);
    }
  }

  /** On a shared machine the time of the CPU says more than that of the wall. */
  private static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
