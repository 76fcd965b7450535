package io.tradepit.host.preflight;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that the machine was asked for, and its answer.
 *
 * @param id unique and stable, such as {@code boot.isolcpus}; what an operator accepts it by
 * @param group that it is shown under, such as {@code boot}
 * @param expected by the files of the host
 * @param found on the machine; for a skipped one the reason
 * @param mend how to make it right; empty when nothing is wrong
 */
public record Fact(
    String id, String group, Status status, String expected, String found, String mend) {
  /** How an answer is judged. */
  public enum Status {
    PASS,
    FAIL,
    /** Could not be asked here; what it found is the reason. */
    SKIP
  }

  /** Its parts by name, in the order above: what programs are given. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("group", group);
    fields.put("status", status.name());
    fields.put("expected", expected);
    fields.put("found", found);
    fields.put("mend", mend);
    return fields;
  }

  /** What was expected was found. */
  public static Fact pass(String id, String group, String expected, String found) {
    return new Fact(id, group, Status.PASS, expected, found, "");
  }

  /** Something else was found. */
  public static Fact fail(String id, String group, String expected, String found, String mend) {
    return new Fact(id, group, Status.FAIL, expected, found, mend);
  }

  /** It could not be asked. */
  public static Fact skip(String id, String group, String expected, String reason) {
    return new Fact(id, group, Status.SKIP, expected, reason, "");
  }
}
