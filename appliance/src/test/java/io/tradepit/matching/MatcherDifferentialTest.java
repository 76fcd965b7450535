package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.ModifyOrderEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderEncoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The matcher against the reference: equal events and equal hash after every random command. */
class MatcherDifferentialTest {
  private static final int BLOCK = 100_000;
  private static final int SESSIONS = 3;
  private static final long[] SYMBOLS = {0x4141414120202020L, 0x4242424220202020L, 0x4343L};
  private static final Capacities CAPACITIES = new Capacities(60, 24, 40, 2, 4);

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void shouldEqualTheReferenceAfterEveryCommand() {
    long commands = Tier.count(1_000_000, 100_000_000);
    long seed = Tier.seed(1);
    long first = seed;
    long events = 0;
    for (long done = 0; done < commands; done += BLOCK) {
      events += new Run(seed++).run();
    }
    assertTrue(events > commands / 2, "events=" + events);
    Tier.ran(
        "matcher against reference",
        "commands=" + commands + " events=" + events + " seeds=" + first + ".." + (seed - 1));
  }

  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final Commands commands = new Commands();
    private final ReferenceMatcher reference = new ReferenceMatcher(CAPACITIES);
    private final ExpandableArrayBuffer events = new ExpandableArrayBuffer(1 << 16);
    private final Matcher matcher;
    private final int[] epochs = new int[SESSIONS + 2];
    private final long[][] urns = new long[SESSIONS + 2][2];
    private int length;
    private int count;
    private long sequence;
    private long total;

    Run(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      StateLayout layout = StateLayout.of(CAPACITIES);
      // Every second run continues after very few events.
      int limit = seed % 2 == 0 ? 4 : 256;
      this.matcher =
          new Matcher(
              layout,
              StateMemory.books(layout),
              StateMemory.pages(layout),
              (commandSequence, timeNs, wireNs, firstIndex, n, last, buffer, offset, bytes) -> {
                assertEquals(count, firstIndex);
                events.putBytes(length, buffer, offset, bytes);
                length += bytes;
                count += n;
              },
              limit);
    }

    long run() {
      commands.openDay(CAPACITIES);
      check();
      for (long symbol : SYMBOLS) {
        commands.defineInstrument(symbol, 100, 10);
        check();
      }
      for (int i = 0; i < SESSIONS; i++) {
        commands.defineSession(i, "USER0" + i);
        check();
        commands.connect(i, ++epochs[i]);
        check();
      }
      commands.startTrading();
      check();
      while (sequence < BLOCK - 2) {
        next();
        check();
      }
      commands.closeDay();
      check();
      commands.closeDay();
      check();
      return total;
    }

    private void check() {
      length = 0;
      count = 0;
      sequence++;
      long timeNs = 5000 + sequence * 3;
      boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, Commands.LENGTH);
      while (!complete) {
        complete = matcher.resume();
      }
      reference.onCommand(sequence, timeNs, commands.buffer, 0);
      boolean equal =
          length == reference.length()
              && count == reference.count()
              && equalBytes()
              && matcher.stateHash() == reference.stateHash()
              && matcher.ordersInUse() == reference.orders()
              && matcher.levelsInUse() == reference.levels();
      if (!equal) {
        throw new AssertionError(
            "seed="
                + seed
                + " sequence="
                + sequence
                + " template="
                + commands.buffer.getShort(2)
                + " count="
                + count
                + " reference="
                + reference.count()
                + " firstEvent="
                + events.getShort(2)
                + " equalBytes="
                + equalBytes()
                + " orders="
                + matcher.ordersInUse()
                + " reference="
                + reference.orders()
                + " levels="
                + matcher.levelsInUse()
                + " reference="
                + reference.levels());
      }
      total += count;
    }

    private boolean equalBytes() {
      for (int i = 0; i < length; i += 8) {
        if (events.getLong(i) != reference.events().getLong(i)) {
          return false;
        }
      }
      return true;
    }

    private long urn(int session, int channel) {
      long last = urns[session][channel];
      if (random.nextInt(20) == 0) {
        return last;
      }
      urns[session][channel] = last + 1 + random.nextInt(2);
      return urns[session][channel];
    }

    private long recent(int session, int channel) {
      return Math.max(0, urns[session][channel] - random.nextInt(30));
    }

    private void next() {
      int session = random.nextInt(100) == 0 ? SESSIONS : random.nextInt(SESSIONS);
      int channel = random.nextInt(4) == 0 ? 1 : 0;
      int epoch = random.nextInt(100) == 0 ? 0 : epochs[session];
      int kind = random.nextInt(1000);
      if (random.nextInt(200) == 0) {
        commands.repeat();
      }
      if (kind < 520) {
        enter(session, epoch, channel);
      } else if (kind < 720) {
        replace(session, epoch, channel);
      } else if (kind < 850) {
        commands.cancel(session, epoch, channel, recent(session, channel), random.nextInt(3) * 50L);
      } else if (kind < 930) {
        ModifyOrderEncoder m =
            commands.modify(
                session,
                epoch,
                recent(session, channel),
                "BSTE".charAt(random.nextInt(4)),
                random.nextInt(12) * 20L);
        Commands.channel(m.tags().sharesLocated((byte) 'Y'), 1L << 25, channel);
      } else if (kind < 975) {
        commands.account(random.nextInt(4), session, epoch, channel, urn(session, channel));
      } else {
        rare(session, kind);
      }
    }

    private void rare(int session, int kind) {
      if (kind < 980) {
        commands.connect(session, random.nextInt(4) == 0 ? 1 : ++epochs[session]);
      } else if (kind < 983) {
        commands.disconnect(session, epochs[session]);
        check();
        commands.connect(session, ++epochs[session]);
      } else if (kind < 986) {
        commands.control(session, "DX?".charAt(random.nextInt(3)));
        check();
        commands.control(session, 'E');
      } else if (kind < 989) {
        commands.control(session, 'C');
      } else if (kind < 994) {
        commands.tradingState(SYMBOLS[random.nextInt(3)], random.nextInt(3) == 0 ? 'H' : 'T');
      } else if (kind < 996) {
        commands.defineInstrument(SYMBOLS[random.nextInt(3)], 100, 10L * (1 + random.nextInt(2)));
      } else if (kind < 998) {
        commands.defineSession(random.nextInt(6), "USER0" + random.nextInt(3));
      } else if (kind < 999) {
        commands.startTrading();
      } else {
        commands.openDay(CAPACITIES);
      }
    }

    private long price() {
      return 1_000_000 + 100L * random.nextInt(30);
    }

    private void enter(int session, int epoch, int channel) {
      long symbol = SYMBOLS[random.nextInt(50) == 0 ? 2 : random.nextInt(2)];
      long quantity = random.nextInt(10) == 0 ? 2000 : 10 * (1 + random.nextInt(30));
      char side = "BBBSTE".charAt(random.nextInt(6));
      EnterOrderEncoder e =
          commands.enter(session, epoch, urn(session, channel), side, quantity, symbol, price());
      e.timeInForce((byte) (random.nextInt(5) == 0 ? '3' : '0'));
      e.display((byte) (random.nextInt(5) == 0 ? 'A' : 'Y'));
      if (random.nextInt(10) == 0) {
        spoil(e);
      }
      tags(e.tags(), channel);
    }

    private void spoil(EnterOrderEncoder e) {
      switch (random.nextInt(11)) {
        case 0 -> e.verdict(0x29);
        case 1 -> e.side((byte) 'X');
        case 2 -> e.quantity(random.nextInt(2) * 1_000_000L);
        case 3 -> e.quantity(15);
        case 4 -> e.price(random.nextInt(2) * 2_000_000_000L);
        case 5 -> e.price(1_000_050);
        case 6 -> e.timeInForce((byte) '5');
        case 7 -> e.display((byte) 'N');
        case 8 -> e.capacity((byte) 'Z');
        case 9 -> e.interMarketSweep((byte) 'Y');
        default -> e.crossType((byte) "ROC".charAt(random.nextInt(3)));
      }
    }

    private void replace(int session, int epoch, int channel) {
      long quantity = random.nextInt(20) == 0 ? 1_000_000 : 10 * random.nextInt(40);
      ReplaceOrderEncoder r =
          commands.replace(
              session, epoch, recent(session, channel), urn(session, channel), quantity, price());
      r.timeInForce((byte) (random.nextInt(8) == 0 ? '3' : '0'));
      r.verdict(random.nextInt(40) == 0 ? 0x29 : 0);
      r.display((byte) (random.nextInt(40) == 0 ? 'N' : 'Y'));
      tags(r.tags(), channel);
    }

    private void tags(TagsEncoder tags, int channel) {
      long present = channel == 0 ? 0 : 1L << 28;
      tags.userRefIdx((short) channel);
      if (random.nextInt(4) == 0) {
        tags.firm(random.nextInt(3) == 0 ? "NONE" : "MKRB").groupId(7).locateBroker("LOCB");
        tags.sharesLocated((byte) 'Y').priceType((byte) 'L').aiqGroupId("**");
        tags.side((byte) "BSTE".charAt(random.nextInt(4))).handleInst((byte) ' ');
        tags.customerType((byte) 'N').discretionPriceType((byte) 'L').tradeNow((byte) 'N');
        tags.postOnly((byte) 'N').aiqStrategy((byte) '*');
        present |= random.nextLong() & 0x7FFF_FFFF & ~(1L << 28);
      }
      if (random.nextInt(12) == 0) {
        present |= bad(tags);
      }
      tags.present(present);
    }

    private long bad(TagsEncoder tags) {
      return switch (random.nextInt(13)) {
        case 0 -> bit(tags.minQty(100), 3);
        case 1 -> bit(tags.maxFloor(100), 5);
        case 2 -> bit(tags.priceType((byte) "PMRQm?".charAt(random.nextInt(6))), 6);
        case 3 -> bit(tags.pegOffset(-5), 7);
        case 4 -> bit(tags.discretionPrice(100), 9);
        case 5 -> bit(tags.discretionPriceType((byte) 'P'), 10);
        case 6 -> bit(tags.discretionPegOffset(-1), 11);
        case 7 -> bit(tags.postOnly((byte) 'P'), 12);
        case 8 -> bit(tags.randomReserves(10), 13);
        case 9 -> bit(tags.expireTime(100), 15);
        case 10 -> bit(tags.tradeNow((byte) 'Y'), 16);
        case 11 -> bit(tags.handleInst((byte) 'I'), 17);
        default -> bit(tags.aiqStrategy((byte) 'Y'), 29);
      };
    }

    private static long bit(TagsEncoder tags, int tag) {
      return tags.offset() < 0 ? 0 : 1L << tag;
    }
  }
}
