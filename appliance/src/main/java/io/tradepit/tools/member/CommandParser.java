package io.tradepit.tools.member;

import io.tradepit.config.Price4;
import java.util.Locale;
import java.util.Set;

/** Lines to commands. Checks form; whether an order is acceptable is the venue's to say. */
final class CommandParser {
  private static final int MAX_QUANTITY = 999_999;
  private static final long MAX_ORDER = 0xFFFF_FFFFL;
  private static final int MAX_LEVELS = 100;
  private static final int MAX_LOG = 1_000;
  private static final int LEVELS = 5;
  private static final int LOG = 20;

  private final Set<String> symbols;

  /**
   * @param symbols all that there are, in capitals
   */
  CommandParser(Set<String> symbols) {
    this.symbols = symbols;
  }

  /**
   * @throws RefusedException saying what is wrong
   */
  Command parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return new Command.Nothing();
    }
    String[] words = text.toLowerCase(Locale.ROOT).split("\\s+");
    Verb verb =
        Verb.of(words[0])
            .orElseThrow(
                () -> new RefusedException(words[0] + ": no such command; 'help' lists them"));
    return command(verb, words);
  }

  private Command command(Verb verb, String[] words) {
    return switch (verb) {
      case BUY -> enter(true, verb, words);
      case SELL -> enter(false, verb, words);
      case REPLACE -> replace(verb, words);
      case CANCEL -> cancel(verb, words);
      case BOOK -> book(verb, words);
      case WATCH -> {
        requireWords(verb, words, 2, 2);
        yield new Command.Watch(symbol(words[1]));
      }
      case LOG -> {
        requireWords(verb, words, 1, 2);
        yield new Command.Log(words.length == 1 ? LOG : number("lines", words[1], MAX_LOG));
      }
      case ORDERS -> alone(verb, words, new Command.Orders());
      case POSITIONS -> alone(verb, words, new Command.Positions());
      case SYMBOLS -> alone(verb, words, new Command.Symbols());
      case HELP -> alone(verb, words, new Command.Help());
      case QUIT -> alone(verb, words, new Command.Quit());
    };
  }

  private Command enter(boolean buy, Verb verb, String[] words) {
    requireWords(verb, words, 4, 5);
    boolean immediate = words.length == 5;
    if (immediate && !"ioc".equals(words[4])) {
      throw new RefusedException(words[4] + ": allowed here is ioc or nothing");
    }
    return new Command.Enter(buy, quantity(words[1]), symbol(words[2]), price(words[3]), immediate);
  }

  private static Command replace(Verb verb, String[] words) {
    requireWords(verb, words, 4, 4);
    return new Command.Replace(order(words[1]), quantity(words[2]), price(words[3]));
  }

  private static Command cancel(Verb verb, String[] words) {
    requireWords(verb, words, 2, 2);
    return "all".equals(words[1]) ? new Command.CancelAll() : new Command.Cancel(order(words[1]));
  }

  private Command book(Verb verb, String[] words) {
    requireWords(verb, words, 2, 3);
    int levels = words.length == 2 ? LEVELS : number("levels", words[2], MAX_LEVELS);
    return new Command.Book(symbol(words[1]), levels);
  }

  private static Command alone(Verb verb, String[] words, Command command) {
    requireWords(verb, words, 1, 1);
    return command;
  }

  private static void requireWords(Verb verb, String[] words, int from, int to) {
    if (words.length < from || words.length > to) {
      throw new RefusedException("usage: " + verb.usage());
    }
  }

  private String symbol(String word) {
    String symbol = word.toUpperCase(Locale.ROOT);
    if (!symbols.contains(symbol)) {
      throw new RefusedException(symbol + ": no such instrument; 'symbols' lists them");
    }
    return symbol;
  }

  private static long quantity(String word) {
    return number("quantity", word.replace(",", ""), MAX_QUANTITY);
  }

  private static long price(String word) {
    long price = Price4.parse(word);
    if (price == Price4.NONE || price == 0) {
      throw new RefusedException(
          word + ": no price; allowed is a number above 0 with at most four decimals");
    }
    return price;
  }

  private static long order(String word) {
    String digits = word.startsWith("#") ? word.substring(1) : word;
    if (!digits.matches("\\d{1,10}") || Long.parseLong(digits) > MAX_ORDER) {
      throw new RefusedException(word + ": no order number; 'orders' lists yours");
    }
    return Long.parseLong(digits);
  }

  private static int number(String name, String word, int most) {
    if (!word.matches("\\d{1,9}") || Integer.parseInt(word) < 1 || Integer.parseInt(word) > most) {
      throw new RefusedException(
          word + ": no " + name + "; allowed is a whole number from 1 to " + most);
    }
    return Integer.parseInt(word);
  }
}
