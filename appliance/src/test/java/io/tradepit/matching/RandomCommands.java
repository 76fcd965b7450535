package io.tradepit.matching;

import io.tradepit.matching.session.Sessions;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MassCancelEncoder;
import io.tradepit.protocol.sbe.ModifyOrderEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderEncoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import java.util.SplittableRandom;

/** Writes random commands, good and bad ones, of all kinds; equal for equal seeds. */
final class RandomCommands {
  static final int SESSIONS = 3;
  static final long[] SYMBOLS = {0x4141414120202020L, 0x4242424220202020L, 0x4343L};
  private static final int[] GATEWAYS = {1, 1, 1, 7, 254, 255, 0};
  private static final String[] FIRMS = {"MKRA", "MKRB", "    ", "NONE"};
  private static final long[] OFTEN = {0, 1, 3, Sessions.STAY, 1, 100};
  private static final long[] SELDOM = {Sessions.STAY, 10, Sessions.STAY, 100, Sessions.STAY};
  private static final int BASE = 1_000_000;

  final Commands commands = new Commands();
  private final SplittableRandom random;
  private final Profile profile;
  private final ReferenceMatcher reference;
  private final long[] graces = new long[SESSIONS + 2];
  private long timeNs = 5000;
  private final int[] epochs = new int[SESSIONS + 2];
  private final long[][] urns = new long[SESSIONS + 2][2];

  /** What a run is like. */
  @SuppressWarnings("ImmutableEnumChecker") // Capacities is a record of numbers.
  enum Profile {
    /** Some tens of levels, much matching. */
    DENSE(new Capacities(60, 24, 40, 2, 4), 256, 15, 30, 1, OFTEN),
    /** The same in steps of very few events. */
    STEPS(new Capacities(60, 24, 40, 2, 4), 2, 15, 30, 1, OFTEN),
    /** Thousands of levels, seldom cleared. */
    WIDE(new Capacities(4000, 3000, 2500, 2, 4), 256, 3000, 4000, 40, SELDOM),
    /** The same in steps of some events, so that continuations meet splits and merges. */
    WIDE_STEPS(new Capacities(4000, 3000, 2500, 2, 4), 7, 3000, 4000, 40, SELDOM),
    /** Everything runs out. */
    TINY(new Capacities(7, 4, 3, 2, 4), 256, 15, 12, 1, OFTEN);

    final Capacities capacities;
    final int limit;
    final int ticks;
    final int reach;
    final int patience;
    final long[] graces;

    /**
     * @param limit events of a step
     * @param ticks from the middle to the furthest price
     * @param reach how far back the user reference numbers of cancels go
     * @param patience commands that clear the book come so many times less often
     * @param graces of cancel on disconnect, for one session after the other
     */
    Profile(Capacities capacities, int limit, int ticks, int reach, int patience, long... graces) {
      this.capacities = capacities;
      this.limit = limit;
      this.ticks = ticks;
      this.reach = reach;
      this.patience = patience;
      this.graces = graces;
    }
  }

  RandomCommands(long seed, Profile profile, ReferenceMatcher reference) {
    this.reference = reference;
    this.random = new SplittableRandom(seed);
    this.profile = profile;
    for (int i = 0; i < graces.length; i++) {
      graces[i] = profile.graces[(int) ((seed / 5 + i) % profile.graces.length)];
    }
  }

  /** The time of the command that was written last. */
  long timeNs() {
    return timeNs;
  }

  /** With a grace time that differs by session and seed. */
  void defineSession(int session) {
    commands.defineSession(session, "USER0" + session, graces[session]);
  }

  void connect(int session) {
    commands.connect(session, ++epochs[session]);
  }

  void next() {
    passTime();
    commands.gateway(GATEWAYS[random.nextInt(GATEWAYS.length)]);
    int session = random.nextInt(100) == 0 ? SESSIONS : random.nextInt(SESSIONS);
    int channel = random.nextInt(4) == 0 ? 1 : 0;
    int epoch = random.nextInt(100) == 0 ? 0 : epochs[session];
    int kind = random.nextInt(1000);
    if (random.nextInt(200) == 0) {
      commands.repeat();
    }
    if (kind < 560) {
      enter(session, epoch, channel);
    } else if (kind < 740) {
      replace(session, epoch, channel);
    } else if (kind < 860) {
      commands
          .cancel(session, epoch, channel, recent(session, channel), random.nextInt(3) * 50L)
          .verdict(random.nextInt(40) == 0 ? 0x29 : 0);
    } else if (kind < 930) {
      modify(session, epoch, channel);
    } else if (kind < 975) {
      account(session, epoch, channel);
    } else {
      rare(session, kind);
    }
  }

  /** Mostly little; now and then so much that the grace times of all are over. */
  private void passTime() {
    int kind = random.nextInt(1000);
    timeNs += kind == 0 ? 20_000_000 : kind < 500 ? 0 : random.nextInt(20_000);
    // At a deadline and right before it, too.
    long deadline = reference.nextDeadline();
    if (deadline != 0 && random.nextInt(100) == 0) {
      timeNs = Math.max(timeNs, deadline - random.nextInt(2));
    }
  }

  /** More enables than disables, so that firms may mostly trade. */
  private void account(int session, int epoch, int channel) {
    int kind = random.nextInt(10);
    int verdict = random.nextInt(40) == 0 ? 0x29 : 0;
    long urn = urn(session, channel);
    if (kind < 4) {
      massCancel(session, epoch, channel, urn);
    } else if (kind < 5 && random.nextInt(3) == 0) {
      commands.disable(session, epoch, channel, urn, firm()).verdict(verdict);
    } else if (kind < 8) {
      commands.enable(session, epoch, channel, urn, firm()).verdict(verdict);
    } else {
      commands.query(session, epoch, channel).verdict(verdict);
    }
  }

  private String firm() {
    return FIRMS[random.nextInt(random.nextInt(10) == 0 ? FIRMS.length : 2)];
  }

  /** Every combination of criteria; where books grow deep, mostly of a small group only. */
  private void massCancel(int session, int epoch, int channel, long urn) {
    long symbol =
        random.nextBoolean() ? 0 : SYMBOLS[random.nextInt(8) == 0 ? 2 : random.nextInt(2)];
    MassCancelEncoder c = commands.massCancel(session, epoch, urn, firm(), symbol);
    c.verdict(random.nextInt(40) == 0 ? 0x29 : 0);
    boolean broad = random.nextInt(profile.patience) == 0;
    long present = channel == 0 && random.nextBoolean() ? 0 : 1L << 28;
    present |= broad && random.nextBoolean() ? 0 : 1L << 24;
    present |= random.nextBoolean() ? 1L << 27 : 0;
    c.tags()
        .userRefIdx((short) channel)
        .groupId(broad ? group() : 1 + random.nextInt(2))
        .side((byte) "BBSSTEX".charAt(random.nextInt(7)))
        .present(present);
  }

  private int group() {
    return random.nextInt(10) == 0 ? 65_535 : random.nextInt(3);
  }

  private void modify(int session, int epoch, int channel) {
    char side = "BSTE".charAt(random.nextInt(4));
    long urn = recent(session, channel);
    ModifyOrderEncoder m = commands.modify(session, epoch, urn, side, random.nextInt(12) * 20L);
    m.verdict(random.nextInt(40) == 0 ? 0x29 : 0);
    Commands.channel(m.tags().sharesLocated((byte) 'Y'), 1L << 25, channel);
  }

  private void rare(int session, int kind) {
    if (kind < 980) {
      commands.connect(session, random.nextInt(4) == 0 ? 1 : ++epochs[session]);
    } else if (kind < 983) {
      boolean stale = random.nextInt(4) == 0;
      commands.disconnect(session, epochs[session] - (stale ? 1 : 0));
    } else if (kind < 987) {
      commands.control(session, "DEEEX?".charAt(random.nextInt(6)));
    } else if (kind < 990) {
      commands.control(session, random.nextInt(profile.patience) == 0 ? 'C' : 'E');
    } else if (kind < 994) {
      commands.tradingState(SYMBOLS[random.nextInt(3)], "HTTTTTTT?".charAt(random.nextInt(9)));
    } else if (kind < 996) {
      commands.defineInstrument(SYMBOLS[random.nextInt(3)], 100, 10L * (1 + random.nextInt(2)));
    } else if (kind < 998) {
      int id = random.nextInt(6);
      String username = "USER0" + random.nextInt(3);
      commands.defineSession(id, username, graces[random.nextInt(graces.length)]);
    } else if (kind < 999) {
      switch (random.nextInt(3)) {
        case 0 -> commands.startTrading();
        case 1 -> commands.markState(random.nextLong());
        default -> commands.tick();
      }
    } else {
      commands.openDay(profile.capacities);
    }
  }

  private long urn(int session, int channel) {
    long last = urns[session][channel];
    if (random.nextInt(20) == 0) {
      return last;
    }
    urns[session][channel] = last + 1 + random.nextInt(2);
    return urns[session][channel];
  }

  /** The number of an order, live or not; often of the oldest, so that books do not clog. */
  private long recent(int session, int channel) {
    if (random.nextInt(3) > 0) {
      return reference.oldest(session, channel);
    }
    return Math.max(0, urns[session][channel] - random.nextInt(profile.reach));
  }

  /** Mostly on the own side of the middle, so that the books get as deep as they are wide. */
  private long price(boolean buys) {
    long ticks = random.nextInt(profile.ticks);
    boolean across = random.nextInt(profile.ticks > 100 ? 20 : 3) == 0;
    return BASE + 100L * (buys == across ? ticks : -ticks);
  }

  private void enter(int session, int epoch, int channel) {
    long symbol = SYMBOLS[random.nextInt(50) == 0 ? 2 : random.nextInt(2)];
    long quantity = random.nextInt(10) == 0 ? 2000 : 10 * (1 + random.nextInt(30));
    char side = "BBBSTE".charAt(random.nextInt(6));
    long urn = urn(session, channel);
    EnterOrderEncoder e =
        commands.enter(session, epoch, urn, side, quantity, symbol, price(side == 'B'));
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
    long orig = recent(session, channel);
    long price = price(random.nextBoolean());
    ReplaceOrderEncoder r =
        commands.replace(session, epoch, orig, urn(session, channel), quantity, price);
    r.timeInForce((byte) (random.nextInt(8) == 0 ? '3' : '0'));
    r.verdict(random.nextInt(40) == 0 ? 0x29 : 0);
    r.display((byte) (random.nextInt(40) == 0 ? 'N' : 'Y'));
    tags(r.tags(), channel);
  }

  private void tags(TagsEncoder tags, int channel) {
    long present = channel == 0 ? 0 : 1L << 28;
    tags.userRefIdx((short) channel);
    if (random.nextInt(4) == 0) {
      tags.firm("MKRB").groupId(group()).locateBroker("LOCB").sharesLocated((byte) 'Y');
      tags.priceType((byte) 'L').aiqGroupId("**").handleInst((byte) ' ').customerType((byte) 'N');
      tags.side((byte) "BSTE".charAt(random.nextInt(4))).discretionPriceType((byte) 'L');
      tags.tradeNow((byte) 'N').postOnly((byte) 'N').aiqStrategy((byte) '*');
      present |= random.nextLong() & 0x7FFF_FFFF & ~(1L << 28);
    }
    if (random.nextInt(12) == 0) {
      present |= bad(tags);
    }
    tags.present(present);
  }

  private long bad(TagsEncoder tags) {
    return switch (random.nextInt(16)) {
      case 0 -> bit(tags.minQty(random.nextInt()), 3);
      case 1 -> bit(tags.maxFloor(100), 5);
      case 2 -> bit(tags.priceType((byte) "PMRQm?".charAt(random.nextInt(6))), 6);
      case 3 -> bit(tags.pegOffset(-5), 7);
      case 4 -> bit(tags.discretionPrice(random.nextLong()), 9);
      case 5 -> bit(tags.discretionPriceType((byte) 'P'), 10);
      case 6 -> bit(tags.discretionPegOffset(-1), 11);
      case 7 -> bit(tags.postOnly((byte) 'P'), 12);
      case 8 -> bit(tags.randomReserves(10), 13);
      case 9 -> bit(tags.expireTime(100), 15);
      case 10 -> bit(tags.tradeNow((byte) 'Y'), 16);
      case 11 -> bit(tags.handleInst((byte) 'I'), 17);
      case 12 -> bit(tags.customerType((byte) 'R'), 4);
      case 13 -> bit(tags.firm("NONE"), 2);
      case 14 -> bit(tags.firm("    "), 2);
      default -> bit(tags.aiqStrategy((byte) 'Y'), 29);
    };
  }

  private static long bit(TagsEncoder tags, int tag) {
    return tags.offset() < 0 ? 0 : 1L << tag;
  }
}
