package io.tradepit.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a YAML file. Each value asked for makes its key known; {@link #finish} names the
 * keys that no one asked for.
 *
 * <p>A problem is noted and a harmless value returned in its place, so that one reading finds all.
 */
final class Section {
  private static final String MISSING = "(missing)";
  private static final Pattern WHY = Pattern.compile("(?s).{20,}");
  private static final String DURATION_ALLOWED = "off, or a time such as 500ms, 5s or 2m, up to ";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private final Problems problems;
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * @param path of the section's key, empty for the file itself
   * @param line of the section, used for what is missing in it
   * @param node null for a section that is not there
   */
  Section(Problems problems, String path, int line, MappingNode node) {
    this.problems = problems;
    this.path = path;
    this.line = line;
    if (node != null) {
      node.getValue().forEach(this::add);
    }
  }

  private void add(NodeTuple tuple) {
    String key = show(tuple.getKeyNode());
    int keyLine = lineOf(tuple.getKeyNode());
    if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
      problems.notAllowed(
          keyLine,
          key(key),
          show(tuple.getValueNode()),
          "once, it stands in line " + keyLines.get(key) + " too");
    } else {
      keyLines.put(key, keyLine);
    }
  }

  /** The line of a key's value, from 1; that of the section when the key is missing. */
  int line(String key) {
    Node value = values.get(key);
    return value == null ? line : lineOf(value);
  }

  int line() {
    return line;
  }

  boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  void notAllowed(String key, String allowed) {
    Node value = values.get(key);
    problems.notAllowed(line(key), key(key), value == null ? MISSING : shown(key, value), allowed);
  }

  /**
   * @param fallback the value of a missing key; null when the key must be there
   */
  String text(String key, String fallback, Pattern pattern, String allowed) {
    String value = scalar(key, allowed, fallback == null);
    if (value == null) {
      return fallback == null ? "" : fallback;
    }
    if (!pattern.matcher(value).matches()) {
      notAllowed(key, allowed);
    }
    return value;
  }

  /** The reason that stands beside a value, under {@code why}. */
  String why() {
    return text("why", null, WHY, "a reason of at least 20 characters");
  }

  int integer(String key, Integer fallback, int least, int most) {
    String allowed = "a whole number from " + least + " to " + most;
    String value = scalar(key, allowed, fallback == null);
    if (value == null) {
      return fallback == null ? least : fallback;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Named below, with what is out of range.
      notAllowed(key, allowed);
      return least;
    }
    notAllowed(key, allowed);
    return least;
  }

  /** A decimal number with at most four decimals, as a count of 0.0001; 0 for what is wrong. */
  long price4(String key, Long fallback, long least, long most) {
    String allowed =
        "a number from "
            + Price4.text(least)
            + " to "
            + Price4.text(most)
            + " with at most four decimals";
    String value = scalar(key, allowed, fallback == null);
    if (value == null) {
      return fallback == null ? 0 : fallback;
    }
    long price = Price4.parse(value);
    if (price < least || price > most) {
      notAllowed(key, allowed);
      return 0;
    }
    return price;
  }

  /**
   * A time in whole milliseconds, such as 500ms, 5s, 2m or 1h; empty for {@code off} or a missing
   * key.
   */
  Optional<Duration> duration(String key, Duration most) {
    String value = scalar(key, DURATION_ALLOWED + most.toHours() + "h", false);
    if (value == null || value.equals("off")) {
      return Optional.empty();
    }
    Matcher parts = DURATION.matcher(value);
    if (parts.matches()) {
      Duration duration = UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
      if (duration.compareTo(most) <= 0) {
        return Optional.of(duration);
      }
    }
    notAllowed(key, DURATION_ALLOWED + most.toHours() + "h");
    return Optional.empty();
  }

  /** One of an enum's names in lower case, with hyphens or underscores as {@code toString} has. */
  <E extends Enum<E>> E choice(String key, E fallback, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.toString());
    }
    String allowed = "one of " + String.join(", ", names);
    String value = scalar(key, allowed, fallback == null);
    int index = names.indexOf(value);
    if (value != null && index < 0) {
      notAllowed(key, allowed);
    }
    if (index >= 0) {
      return type.getEnumConstants()[index];
    }
    return fallback == null ? type.getEnumConstants()[0] : fallback;
  }

  /** A section that may be missing: then every key of it is. */
  Section section(String key) {
    known.add(key);
    Node value = values.get(key);
    if (value instanceof MappingNode mapping) {
      return new Section(problems, key(key), keyLines.get(key), mapping);
    }
    if (value != null) {
      notAllowed(key, "a section of its own keys");
    }
    return new Section(problems, key(key), line(key), null);
  }

  /** A list of sections. */
  List<Section> sections(String key, int least, int most) {
    List<Section> sections = new ArrayList<>();
    String allowed = "a list of " + least + " to " + most + " sections";
    for (Node element : elements(key, least, most, allowed)) {
      String elementPath = key + "[" + sections.size() + "]";
      if (element instanceof MappingNode mapping) {
        sections.add(new Section(problems, key(elementPath), lineOf(element), mapping));
      } else {
        problems.notAllowed(lineOf(element), key(elementPath), show(element), "a section");
      }
    }
    return sections;
  }

  /** A list of texts; {@code allowed} says what one of them must be. */
  List<String> texts(String key, int least, int most, Pattern pattern, String allowed) {
    List<String> texts = new ArrayList<>();
    String list = "a list of " + least + " to " + most + ", each " + allowed;
    for (Node element : elements(key, least, most, list)) {
      if (element instanceof ScalarNode scalar && pattern.matcher(scalar.getValue()).matches()) {
        texts.add(scalar.getValue());
      } else {
        problems.notAllowed(
            lineOf(element), key(key) + "[" + texts.size() + "]", show(element), allowed);
      }
    }
    return texts;
  }

  private List<Node> elements(String key, int least, int most, String allowed) {
    known.add(key);
    Node value = values.get(key);
    if (value == null && least == 0) {
      return List.of();
    }
    if (value instanceof SequenceNode sequence
        && sequence.getValue().size() >= least
        && sequence.getValue().size() <= most) {
      return sequence.getValue();
    }
    notAllowed(key, allowed);
    return List.of();
  }

  /** Names the keys that no one asked for. */
  void finish() {
    values.forEach((key, value) -> {
      if (!known.contains(key)) {
        problems.add(
            keyLines.get(key),
            key(key),
            show(value),
            "unknown key, allowed are " + String.join(", ", known));
      }
    });
  }

  private String scalar(String key, String allowed, boolean required) {
    known.add(key);
    Node value = values.get(key);
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (value != null || required) {
      notAllowed(key, allowed);
    }
    return null;
  }

  /** The whole path of a key, as it stands in problems. */
  String key(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  // A clear password that stands in place of its hash must not reach a terminal or a log.
  private static String shown(String key, Node value) {
    return "credential".equals(key) ? "(not shown)" : show(value);
  }

  private static String show(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode sequence -> "[" + sequence.getValue().size() + " elements]";
      default -> "{...}";
    };
  }
}
