package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What pmc prints of a ptp4l's answers (pmc(8), linuxptp 3.1 to 4.4): a line for each answer, which
 * ends with the name of the data set, then its names and values. A port says {@code PORT_DATA_SET}
 * for itself, so of that there may be several.
 *
 * @param answers data sets in the order of the answers
 */
record PmcText(List<DataSet> answers) {
  private static final String ANSWER = " RESPONSE MANAGEMENT ";

  /**
   * @param name such as {@code TIME_STATUS_NP}
   */
  record DataSet(String name, Map<String, String> values) {}

  static PmcText parse(String text) {
    List<DataSet> answers = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      int answer = line.indexOf(ANSWER);
      String[] words = line.split("\\s+", 2);
      if (answer >= 0) {
        answers.add(
            new DataSet(line.substring(answer + ANSWER.length()).strip(), new LinkedHashMap<>()));
      } else if (words.length == 2 && !answers.isEmpty() && !line.startsWith("sending:")) {
        answers.getLast().values().put(words[0], words[1]);
      }
    }
    return new PmcText(List.copyOf(answers));
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  /** The values of a name, one an answer; a name that has changed is given as {@code new|old}. */
  List<String> values(String dataSet, String names) {
    return answers.stream()
        .filter(answer -> answer.name().equals(dataSet))
        .flatMap(answer ->
            List.of(names.split("\\|", -1)).stream()
                .map(answer.values()::get)
                .filter(value -> value != null)
                .limit(1))
        .toList();
  }

  /** The first answer's value of a name. */
  Optional<String> value(String dataSet, String names) {
    return values(dataSet, names).stream().findFirst();
  }
}
