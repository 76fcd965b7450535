package io.tradepit.matching;

import org.agrona.DirectBuffer;

/**
 * A day of random commands, good and bad ones of all kinds, for the suites of other packages; equal
 * for equal seeds.
 */
public final class SeededDay {
  /** What the day is opened with. */
  public static final Capacities CAPACITIES = RandomCommands.Profile.DENSE.capacities;

  /** Commands before the random ones. */
  public static final int DEFINITIONS =
      2 + RandomCommands.SYMBOLS.length + 2 * RandomCommands.SESSIONS;

  private final ReferenceMatcher reference = new ReferenceMatcher(CAPACITIES);
  private final RandomCommands random;
  private long sequence;

  public SeededDay(long seed) {
    random = new RandomCommands(seed, RandomCommands.Profile.DENSE, reference);
  }

  /** Writes the next command; the reference applies it too, since random commands follow it. */
  public void next() {
    write((int) sequence);
    sequence++;
    reference.onCommand(sequence, timeNs(), random.commands.buffer, 0, length());
  }

  private void write(int number) {
    Commands commands = random.commands;
    int symbols = RandomCommands.SYMBOLS.length;
    if (number >= DEFINITIONS) {
      random.next();
    } else if (number == 0) {
      commands.openDay(CAPACITIES);
    } else if (number <= symbols) {
      commands.defineInstrument(RandomCommands.SYMBOLS[number - 1], 100, 10);
    } else if (number == DEFINITIONS - 1) {
      commands.startTrading();
    } else {
      int session = (number - symbols - 1) / 2;
      if ((number - symbols) % 2 == 1) {
        commands.defineSession(session, "USER0" + session);
      } else {
        random.connect(session);
      }
    }
  }

  /** Of the command that was written last, from 1. */
  public long sequence() {
    return sequence;
  }

  /** Of that command, since the Unix epoch. */
  public long timeNs() {
    return 5000 + sequence * 3;
  }

  /** That command from offset 0; until the next one. */
  public DirectBuffer command() {
    return random.commands.buffer;
  }

  /** Bytes of SBE header and block. */
  public int length() {
    return random.commands.length();
  }

  /** The state that the slow and obvious matcher has behind it. */
  public long stateHash() {
    return reference.stateHash();
  }
}
