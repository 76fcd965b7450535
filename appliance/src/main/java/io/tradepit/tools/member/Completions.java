package io.tradepit.tools.member;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What may follow the words that were typed. */
final class Completions {
  private final List<String> symbols;
  private final Supplier<List<String>> orders;

  Completions(List<String> symbols, Supplier<List<String>> orders) {
    this.symbols = symbols;
    this.orders = orders;
  }

  /** The words that may come next; empty where only a person knows. */
  List<String> after(List<String> words) {
    if (words.isEmpty()) {
      return Arrays.stream(Verb.values()).map(Verb::word).toList();
    }
    Optional<Verb> verb = Verb.of(words.getFirst());
    return verb.isEmpty() ? List.of() : after(verb.get(), words.size());
  }

  private List<String> after(Verb verb, int position) {
    return switch (verb) {
      case BUY, SELL -> position == 2 ? symbols : position == 4 ? List.of("ioc") : List.of();
      case REPLACE -> position == 1 ? orders.get() : List.of();
      case CANCEL ->
          position == 1
              ? Stream.concat(orders.get().stream(), Stream.of("all")).toList()
              : List.of();
      case BOOK, WATCH -> position == 1 ? symbols : List.of();
      default -> List.of();
    };
  }
}
