package io.tradepit.host.preflight;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of a card that give packets to a queue, as {@code ethtool -n} prints them (ethtool(8),
 * versions 6.1 to 6.15).
 *
 * @param rules a rule's lines each
 */
record FlowRules(List<EthtoolText> rules) {
  /** In place of an action. */
  static final String NONE = "no rule";

  // A bit of the mask is one that does not count: 0x0 is this port and no other.
  private static final String EXACTLY = " mask: 0x0";

  static FlowRules parse(String text) {
    return new FlowRules(
        Stream.of(text.split("(?m)^\\s*Filter: ", -1)).skip(1).map(EthtoolText::parse).toList());
  }

  /**
   * What is done with a member's packets to a port of TCP: one action, several where rules do not
   * agree, or {@link #NONE}.
   */
  String actionFor(int port) {
    String actions =
        rules.stream()
            .filter(rule -> is(rule, "Rule Type", "TCP over IPv4"))
            .filter(rule -> is(rule, "Dest port", port + EXACTLY))
            .map(rule -> rule.value("Action").orElse("no action"))
            .distinct()
            .collect(Collectors.joining(" and "));
    return actions.isEmpty() ? NONE : actions;
  }

  private static boolean is(EthtoolText rule, String name, String value) {
    return rule.value(name).filter(value::equals).isPresent();
  }
}
