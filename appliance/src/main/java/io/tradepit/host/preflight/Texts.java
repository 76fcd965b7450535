package io.tradepit.host.preflight;

import java.util.List;

/** Texts of what was found. */
final class Texts {
  private static final int MOST_NAMED = 4;

  private Texts() {}

  /** The first few, and how many more there are. */
  static String some(List<String> all) {
    int more = all.size() - MOST_NAMED;
    String first = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
