package io.tradepit.tools.member;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands: how they are written and what they do. */
enum Verb {
  BUY("QUANTITY SYMBOL PRICE [ioc]", "buys; the rest rests, with ioc is canceled"),
  SELL("QUANTITY SYMBOL PRICE [ioc]", "sells, likewise"),
  REPLACE("ID QUANTITY PRICE", "changes an order; QUANTITY is then open"),
  CANCEL("ID|all", "cancels an order, or all of yours"),
  ORDERS("", "your open orders"),
  POSITIONS("", "what you hold, at what price, and the profit"),
  BOOK("SYMBOL [LEVELS]", "the book of an instrument"),
  WATCH("SYMBOL", "the book, live, until a key is pressed"),
  SYMBOLS("", "all instruments: bid, ask, last, state"),
  LOG("[LINES]", "the last answers of the venue"),
  HELP("", "this list"),
  QUIT("", "ends; open orders stay in the book");

  private final String words;
  private final String meaning;

  Verb(String words, String meaning) {
    this.words = words;
    this.meaning = meaning;
  }

  /** What is typed first. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** How it is written, such as {@code cancel ID|all}. */
  String usage() {
    return words.isEmpty() ? word() : word() + " " + words;
  }

  /** The verb that a word is, or begins in one way only. */
  static Optional<Verb> of(String word) {
    Verb found = null;
    for (Verb verb : values()) {
      if (verb.word().equals(word)) {
        return Optional.of(verb);
      }
      if (!word.isEmpty() && verb.word().startsWith(word)) {
        if (found != null) {
          return Optional.empty();
        }
        found = verb;
      }
    }
    return Optional.ofNullable(found);
  }

  /** All commands, one a line. */
  static String help() {
    return Arrays.stream(values())
        .map(verb -> String.format("  %-32s %s", verb.usage(), verb.meaning))
        .collect(Collectors.joining("\n"));
  }
}
