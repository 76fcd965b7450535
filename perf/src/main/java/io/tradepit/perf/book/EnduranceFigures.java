package io.tradepit.perf.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is left of an engine that took a very long flow and was emptied.
 *
 * @param messages that it took
 * @param timedMessages of those, all behind the first turn
 * @param tookNs for the timed ones, each report hashed
 * @param reports that it gave
 * @param expectedReports that the reference gives
 * @param openOrders when everything was canceled
 * @param allocatedBytes on the heap by the engine's thread, behind the first turn
 * @param residentBefore resident memory of the process behind a quarter of the turns, bytes
 * @param residentAfter the same at the end
 * @param fault the first that was found, with its turn: of the reports' hash, of the state, of the
 *     records in use; empty = there is none
 */
public record EnduranceFigures(
    long messages,
    long timedMessages,
    long tookNs,
    long reports,
    long expectedReports,
    int openOrders,
    long allocatedBytes,
    long residentBefore,
    long residentAfter,
    String fault) {
  /**
   * What the heap, the JIT and the JVM's own threads may take. The state is all touched at the
   * start: whether its records grow is told by the pools, not by this.
   */
  public static final long MOST_RESIDENT_GROWTH = 4L << 20;

  /** In a run that is over before the JIT is. */
  public static final long MOST_RESIDENT_GROWTH_OF_SHORT_RUN = 16L << 20;

  /** From so many messages on a run is long. */
  public static final long LONG_RUN = 100_000_000;

  /** The JIT's change of tier in the middle of a loop may take some hundred bytes. */
  public static final long MOST_ALLOCATED = 4_096;

  private static final String BEGIN = "endurance ";
  private static final int FIELDS = 10;

  /** What was lost or grew, a few words each; empty = nothing. */
  public List<String> losses() {
    List<String> losses = new ArrayList<>();
    if (reports != expectedReports) {
      losses.add("reports=" + reports + " expected=" + expectedReports);
    }
    if (openOrders != 0) {
      losses.add("openOrders=" + openOrders + " expected=0");
    }
    if (!fault.isEmpty()) {
      losses.add(fault);
    }
    if (allocatedBytes > MOST_ALLOCATED) {
      losses.add("allocatedBytes=" + allocatedBytes + " most=" + MOST_ALLOCATED);
    }
    if (residentGrowth() > mostResidentGrowth()) {
      losses.add("residentGrowth=" + residentGrowth() + " most=" + mostResidentGrowth());
    }
    return losses;
  }

  private long mostResidentGrowth() {
    return messages >= LONG_RUN ? MOST_RESIDENT_GROWTH : MOST_RESIDENT_GROWTH_OF_SHORT_RUN;
  }

  /** Bytes. */
  public long residentGrowth() {
    return residentAfter - residentBefore;
  }

  public double nsPerMessage() {
    return (double) tookNs / timedMessages;
  }

  static boolean isFigures(String line) {
    return line.startsWith(BEGIN);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        BEGIN + "%d,%d,%d,%d,%d,%d,%d,%d,%d,%s",
        messages,
        timedMessages,
        tookNs,
        reports,
        expectedReports,
        openOrders,
        allocatedBytes,
        residentBefore,
        residentAfter,
        fault);
  }

  /**
   * @throws IllegalArgumentException when it is not one that {@link #line} wrote
   */
  static EnduranceFigures parse(String line) {
    String[] fields = line.substring(BEGIN.length()).split(",", FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("endurance=" + line);
    }
    return new EnduranceFigures(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]),
        Integer.parseInt(fields[5]),
        Long.parseLong(fields[6]),
        Long.parseLong(fields[7]),
        Long.parseLong(fields[8]),
        fields[9]);
  }
}
