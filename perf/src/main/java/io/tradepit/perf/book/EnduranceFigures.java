package io.tradepit.perf.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is left of an engine that took a very long flow and was emptied.
 *
 * @param messages that it took
 * @param tookNs for all of them
 * @param reports that it gave
 * @param expectedReports that the reference gives
 * @param isSumEqual whether all words of all reports add up to the reference's
 * @param openOrders when everything was canceled
 * @param allocatedBytes on the heap by the engine's thread, behind the first turn
 * @param residentBefore resident memory of the process behind the first turn, bytes
 * @param residentAfter the same at the end
 * @param defect of the state, empty = there is none
 */
public record EnduranceFigures(
    long messages,
    long tookNs,
    long reports,
    long expectedReports,
    boolean isSumEqual,
    int openOrders,
    long allocatedBytes,
    long residentBefore,
    long residentAfter,
    String defect) {
  /** What the JIT may take in the course of a run, and the JVM's own threads. */
  public static final long MOST_RESIDENT_GROWTH = 16L << 20;

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
    if (!isSumEqual) {
      losses.add("sum of reports=differs");
    }
    if (openOrders != 0) {
      losses.add("openOrders=" + openOrders + " expected=0");
    }
    if (!defect.isEmpty()) {
      losses.add("state: " + defect);
    }
    if (allocatedBytes > MOST_ALLOCATED) {
      losses.add("allocatedBytes=" + allocatedBytes + " most=" + MOST_ALLOCATED);
    }
    if (residentGrowth() > MOST_RESIDENT_GROWTH) {
      losses.add("residentGrowth=" + residentGrowth() + " most=" + MOST_RESIDENT_GROWTH);
    }
    return losses;
  }

  /** Bytes. */
  public long residentGrowth() {
    return residentAfter - residentBefore;
  }

  public double nsPerMessage() {
    return (double) tookNs / messages;
  }

  static boolean isFigures(String line) {
    return line.startsWith(BEGIN);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        BEGIN + "%d,%d,%d,%d,%b,%d,%d,%d,%d,%s",
        messages,
        tookNs,
        reports,
        expectedReports,
        isSumEqual,
        openOrders,
        allocatedBytes,
        residentBefore,
        residentAfter,
        defect);
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
        Boolean.parseBoolean(fields[4]),
        Integer.parseInt(fields[5]),
        Long.parseLong(fields[6]),
        Long.parseLong(fields[7]),
        Long.parseLong(fields[8]),
        fields[9]);
  }
}
