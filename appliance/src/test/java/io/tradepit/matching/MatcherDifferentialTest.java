package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.matching.RandomCommands.Profile;
import io.tradepit.matching.book.BookInspector;
import io.tradepit.matching.book.BookView;
import io.tradepit.matching.state.Regions;
import io.tradepit.protocol.sbe.MassCanceledDecoder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The matcher against the reference: equal events and equal hash after every random command. */
class MatcherDifferentialTest {
  private static final int BLOCK = 25_000;
  private static final List<Profile> PROFILES = List.copyOf(EnumSet.allOf(Profile.class));
  private static final int INSPECT_EVERY = 500;
  private static final int ORDER_REJECTED = 106;
  private static final int MASS_CANCELED = 110;
  private static final int MASS_CANCEL_FORMS = 16;
  private static final int[] REASONS = {
    0x02, 0x03, 0x04, 0x05, 0x07, 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x0F, 0x11, 0x13, 0x14, 0x17, 0x1A,
    0x1D, 0x29, 0x2C, 0x40
  };
  private static final int[] EVENTS = {
    101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 120, 121, 122, 123, 124, 125, 130,
    131, 132, 133, 134, 135, 139
  };

  private final Map<Integer, Long> rejects = new TreeMap<>();
  private final Map<Integer, Long> events = new TreeMap<>();
  // Of mass cancels, by criteria: how many there were, how many of them hit, and how many orders.
  private final Map<String, long[]> massCancels = new TreeMap<>();
  private long continuations;
  // Of nodes of price trees, by height.
  private final long[] nodesMade = new long[Regions.HEIGHTS];
  private final long[] nodesGivenBack = new long[Regions.HEIGHTS];
  private final int[] mostNodes = new int[Regions.HEIGHTS];

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void shouldEqualTheReferenceAfterEveryCommand() {
    long commands = Tier.count(1_000_000, 100_000_000);
    long first = Tier.seed(1);
    long seed = first;
    for (long done = 0; done < commands; done += BLOCK) {
      new Run(seed++).run();
      if (seed % 400 == 0) {
        System.out.println("seeds=" + first + ".." + (seed - 1));
      }
    }
    Tier.ran(
        "matcher against reference",
        "commands=" + commands + " seeds=" + first + ".." + (seed - 1) + " events=" + events);
    Tier.ran(
        "matcher against reference",
        "rejects="
            + rejects
            + " continuations="
            + continuations
            + " nodesMade="
            + Arrays.toString(nodesMade)
            + " nodesGivenBack="
            + Arrays.toString(nodesGivenBack)
            + " mostNodes="
            + Arrays.toString(mostNodes));
    StringBuilder forms = new StringBuilder("form=asked/hit/orders");
    massCancels.forEach(
        (form, n) -> forms.append(" " + form + "=" + n[0] + "/" + n[1] + "/" + n[2]));
    Tier.ran("mass cancels against reference", forms.toString());
    assertEachKindOccurred();
  }

  private void assertEachKindOccurred() {
    for (int reason : REASONS) {
      assertTrue(rejects.containsKey(reason), "reason=" + reason);
    }
    for (int event : EVENTS) {
      assertTrue(events.containsKey(event), "event=" + event);
    }
    assertEquals(MASS_CANCEL_FORMS, massCancels.size(), massCancels.keySet().toString());
    massCancels.forEach((form, n) -> assertTrue(n[1] > 0, form));
    assertTrue(continuations > 1000, "continuations=" + continuations);
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      assertTrue(nodesMade[height] > 20, "height=" + height + " made=" + nodesMade[height]);
      boolean isKept = height >= Regions.KEPT_HEIGHT;
      boolean isEqual = nodesMade[height] == nodesGivenBack[height];
      assertTrue(isKept || isEqual, "height=" + height + " back=" + nodesGivenBack[height]);
    }
  }

  private final class Run {
    private final long seed;
    private final Profile profile;
    private final RandomCommands random;
    private final Commands commands;
    private final ReferenceMatcher reference;
    private final ExpandableArrayBuffer received = new ExpandableArrayBuffer(1 << 16);
    private final Matcher matcher;
    private final BookInspector inspector;
    private int length;
    private int count;
    private long sequence;
    private final int[] nodes = new int[Regions.HEIGHTS];

    Run(long seed) {
      this.seed = seed;
      this.profile = PROFILES.get((int) (seed % PROFILES.size()));
      this.reference = new ReferenceMatcher(profile.capacities);
      this.random = new RandomCommands(seed, profile, reference);
      this.commands = random.commands;
      StateLayout layout = StateLayout.of(profile.capacities);
      UnsafeBuffer[] books = StateMemory.books(layout);
      UnsafeBuffer[] pages = StateMemory.pages(layout);
      this.matcher = new Matcher(layout, books, pages, this::onEvents, profile.limit);
      BookView view =
          BookView.of(
              layout.description(), StateMemory.readOnly(books), StateMemory.readOnly(pages));
      this.inspector = new BookInspector(matcher.state().books, view);
    }

    private void onEvents(
        long commandSequence,
        long timeNs,
        long wireNs,
        int firstIndex,
        int n,
        boolean last,
        DirectBuffer buffer,
        int offset,
        int bytes) {
      assertEquals(count, firstIndex);
      assertEquals(sequence, commandSequence);
      received.putBytes(length, buffer, offset, bytes);
      length += bytes;
      count += n;
    }

    void run() {
      some(5);
      commands.gateway(1);
      commands.openDay(profile.capacities);
      check();
      for (long symbol : RandomCommands.SYMBOLS) {
        commands.defineInstrument(symbol, 100, 10);
        check();
      }
      for (int i = 0; i < RandomCommands.SESSIONS; i++) {
        random.defineSession(i);
        check();
        random.connect(i);
        check();
      }
      some(20);
      commands.gateway(1);
      commands.startTrading();
      check();
      some((int) (BLOCK - 21 - sequence));
      commands.gateway(255);
      commands.closeDay();
      check();
      commands.closeDay();
      check();
      assertEquals(0, inspector.check());
      some(19);
    }

    private void some(int count) {
      for (int i = 0; i < count; i++) {
        random.next();
        check();
      }
    }

    private void check() {
      length = 0;
      count = 0;
      sequence++;
      long timeNs = random.timeNs();
      boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      while (!complete) {
        continuations++;
        complete = matcher.resume();
      }
      reference.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      assertTrue(isEqual(), this::describe);
      tally();
      if (sequence % INSPECT_EVERY == 0 || profile == Profile.TINY) {
        assertEquals(reference.orders(), inspector.check());
      }
    }

    private boolean isEqual() {
      return length == reference.length()
          && count == reference.count()
          && equalBytes()
          && matcher.logHash() == reference.logHash()
          && matcher.stateHash() == reference.stateHash()
          && matcher.ordersInUse() == reference.orders()
          && matcher.levelsInUse() == reference.levels();
    }

    private String describe() {
      return "seed="
          + seed
          + " profile="
          + profile
          + " sequence="
          + sequence
          + " template="
          + commands.buffer.getShort(2)
          + " count="
          + count
          + " reference="
          + reference.count()
          + " firstEvent="
          + received.getShort(2)
          + " equalBytes="
          + equalBytes()
          + " orders="
          + matcher.ordersInUse()
          + " reference="
          + reference.orders()
          + " levels="
          + matcher.levelsInUse()
          + " reference="
          + reference.levels();
    }

    private boolean equalBytes() {
      for (int i = 0; i < length; i += 8) {
        if (received.getLong(i) != reference.events().getLong(i)) {
          return false;
        }
      }
      return true;
    }

    private void tallyMassCancel(MassCanceledDecoder e) {
      long present = e.tags().present();
      String form =
          "firm"
              + (e.symbol() == 0x2020202020202020L ? "" : "+symbol")
              + ((present & (1 << 27)) == 0 ? "" : "+side")
              + ((present & (1 << 24)) == 0 ? "" : "+group")
              + ((present & (1 << 28)) == 0 || e.tags().userRefIdx() == 0 ? "" : "+channel");
      long[] tally = massCancels.computeIfAbsent(form, f -> new long[3]);
      tally[0]++;
      tally[1] += count > 1 ? 1 : 0;
      tally[2] += count - 1;
    }

    private void tally() {
      int at = 0;
      while (at < length) {
        int template = received.getShort(at + 2);
        events.merge(template, 1L, Long::sum);
        if (template == ORDER_REJECTED) {
          rejects.merge((int) received.getShort(at + 8 + 14), 1L, Long::sum);
        } else if (template == MASS_CANCELED) {
          tallyMassCancel(
              new MassCanceledDecoder().wrap(received, at + 8, received.getShort(at), 1));
        }
        at += 8 + ((received.getShort(at) + 7) & ~7);
      }
      for (int height = 0; height < Regions.HEIGHTS; height++) {
        tallyNodes(height, inspector.nodes(height));
      }
    }

    private void tallyNodes(int height, int now) {
      nodesMade[height] += Math.max(0, now - nodes[height]);
      nodesGivenBack[height] += Math.max(0, nodes[height] - now);
      nodes[height] = now;
      mostNodes[height] = Math.max(mostNodes[height], now);
    }
  }
}
