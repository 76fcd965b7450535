package io.tradepit.host.preflight;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ethtool prints (ethtool(8), versions 6.1 to 6.15), as names and values.
 *
 * <p>A name that stands twice has the value where it stands last: {@code -g} and {@code -l} show
 * the limits first. A line without a colon is a name that is {@code present}, as {@code -T} lists
 * them. {@code Adaptive RX: on TX: off} is two names. The rows of {@code -x} are one, {@code
 * indirection table}, with each queue that stands in any of them once.
 */
final class EthtoolText {
  private static final Pattern TWO =
      Pattern.compile("(Adaptive|CQE mode) RX: (\\S+)\\s+TX: (\\S+)");

  private static final Pattern ROW = Pattern.compile("\\d+:((?:\\s+\\d+)+)");
  private static final String TABLE = "indirection table";

  private final Map<String, String> values = new LinkedHashMap<>();

  private EthtoolText() {}

  static EthtoolText parse(String text) {
    EthtoolText parsed = new EthtoolText();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(parsed::add);
    return parsed;
  }

  private void add(String line) {
    Matcher two = TWO.matcher(line);
    Matcher row = ROW.matcher(line);
    int colon = line.indexOf(':');
    if (row.matches()) {
      values.merge(TABLE, distinct(row.group(1)), (all, more) -> distinct(all + " " + more));
    } else if (two.matches()) {
      values.put(two.group(1) + " RX", two.group(2));
      values.put(two.group(1) + " TX", two.group(3));
    } else if (colon > 0) {
      values.put(
          line.substring(0, colon).strip(),
          line.substring(colon + 1).strip().replaceAll("\\s+", " "));
    } else {
      values.put(line.replaceAll("\\s.*", ""), "present");
    }
  }

  private static String distinct(String queues) {
    return Stream.of(queues.strip().split("\\s+", -1)).distinct().collect(Collectors.joining(" "));
  }

  /**
   * The value of a line.
   *
   * @param names one name, or several parted by {@code |}, of which the first that is there counts
   */
  Optional<String> value(String names) {
    for (String name : names.split("\\|", -1)) {
      if (values.containsKey(name)) {
        return Optional.of(values.get(name));
      }
    }
    return Optional.empty();
  }

  /** A value without what is in brackets behind it, such as {@code [fixed]}. */
  static String plain(String value) {
    return value.replaceAll("\\s*\\[.*\\]$", "");
  }
}
