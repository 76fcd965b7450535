package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arguments that a kernel was started with, or would be by GRUB's files: {@code /etc/default/grub}
 * and then {@code /etc/default/grub.d/*.cfg}, shell files that set {@code GRUB_CMDLINE_LINUX} and
 * {@code GRUB_CMDLINE_LINUX_DEFAULT} (GRUB manual, "Simple configuration handling").
 *
 * <p>Only plain assignments are read, with the two names in them as {@code $NAME} or {@code
 * ${NAME}}. Anything else that a shell would make of a line is not guessed at: the line is named,
 * and what it would set counts as not set.
 *
 * @param words as written; the same argument may stand more than once
 * @param unread lines of boot files that set arguments in a form that is not read here
 */
record KernelArguments(List<String> words, List<String> unread) {
  static final String GRUB = "/etc/default/grub";
  static final String GRUB_DIRECTORY = "/etc/default/grub.d";

  private static final String ALWAYS = "GRUB_CMDLINE_LINUX";
  private static final String NORMALLY = "GRUB_CMDLINE_LINUX_DEFAULT";
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "^[ \\t]*(?:export[ \\t]+)?(GRUB_CMDLINE_LINUX(?:_DEFAULT)?)(\\+?=)"
              + "(?:(?:\"([^\"\\\\`]*)\"|'([^']*)'|([^\\s#\"'\\\\`;&|]*))(?=[ \\t]*(?:[ \\t]#.*)?$)|(.*))",
          Pattern.MULTILINE);
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:\\{(GRUB_CMDLINE_LINUX(?:_DEFAULT)?)\\}|(GRUB_CMDLINE_LINUX(?:_DEFAULT)?)(?!\\w))");

  KernelArguments {
    words = List.copyOf(words);
    unread = List.copyOf(unread);
  }

  /** Of the running kernel; empty when it does not say. */
  static Optional<KernelArguments> running(HostView host) {
    return host.text("/proc/cmdline").map(text -> parse(text, List.of()));
  }

  /** Of the boot files; empty when there are none. */
  static Optional<KernelArguments> bootFiles(HostView host) {
    List<String> texts = new ArrayList<>();
    host.text(GRUB).ifPresent(texts::add);
    host.names(GRUB_DIRECTORY).stream()
        .filter(name -> name.endsWith(".cfg") && !name.startsWith("."))
        .forEach(name -> host.text(GRUB_DIRECTORY + "/" + name).ifPresent(texts::add));
    return texts.isEmpty() ? Optional.empty() : Optional.of(evaluated(texts));
  }

  private static KernelArguments parse(String line, List<String> unread) {
    return new KernelArguments(
        List.of(line.strip().split("\\s+", -1)).stream().filter(word -> !word.isEmpty()).toList(),
        unread);
  }

  private static KernelArguments evaluated(List<String> texts) {
    Map<String, String> values = new HashMap<>(Map.of(ALWAYS, "", NORMALLY, ""));
    List<String> unread = new ArrayList<>();
    for (String text : texts) {
      Matcher line = ASSIGNMENT.matcher(text.replace("\\\n", ""));
      while (line.find()) {
        Optional<String> value = value(line, values);
        if (value.isEmpty()) {
          unread.add(line.group().strip());
        }
        String before = "+=".equals(line.group(2)) ? values.get(line.group(1)) : "";
        values.put(line.group(1), before + value.orElse(""));
      }
    }
    return parse(values.get(ALWAYS) + " " + values.get(NORMALLY), unread);
  }

  /** Empty when a shell would make more of it than is read here. */
  private static Optional<String> value(Matcher line, Map<String, String> values) {
    if (line.group(4) != null || line.group(6) != null) {
      return Optional.ofNullable(line.group(4));
    }
    String quoted = line.group(3) == null ? line.group(5) : line.group(3);
    return VARIABLE.matcher(quoted).replaceAll("").contains("$")
        ? Optional.empty()
        : Optional.of(
            VARIABLE
                .matcher(quoted)
                .replaceAll(name ->
                    Matcher.quoteReplacement(
                        values.get(name.group(1) == null ? name.group(2) : name.group(1)))));
  }

  /** Whether the argument stands there as it is. */
  boolean has(String word) {
    return words.contains(word);
  }

  /** The value of the last argument of a name, empty for one without a value. */
  Optional<String> value(String name) {
    return words.stream()
        .filter(word -> word.equals(name) || word.startsWith(name + "="))
        .reduce((earlier, later) -> later)
        .map(word -> word.length() == name.length() ? "" : word.substring(name.length() + 1));
  }

  /** Whether a name stands there with more than one value. */
  boolean isContradictory(String name) {
    return words.stream().filter(word -> word.startsWith(name + "=")).distinct().count() > 1;
  }

  /** The arguments of a name as they stand there, or {@code none}. */
  String shown(String name) {
    return words.stream()
        .filter(word -> word.equals(name) || word.startsWith(name + "="))
        .reduce((left, right) -> left + " " + right)
        .orElse("none");
  }

  /**
   * Each once, without those of names that the boot loader adds or that are asked for elsewhere.
   */
  Set<String> without(Set<String> names) {
    Set<String> rest = new LinkedHashSet<>(words);
    rest.removeIf(word -> names.contains(word.replaceAll("=.*", "")));
    return rest;
  }
}
