package io.tradepit.tools.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class CommandParserTest {
  private final CommandParser parser = new CommandParser(Set.of("MAPLE", "OAK"));

  @Test
  void shouldReadEveryCommand() {
    assertEquals(
        new Command.Enter(true, 100, "MAPLE", 721_500, false), parser.parse("buy 100 MAPLE 72.15"));
    assertEquals(
        new Command.Enter(false, 1_000, "OAK", 125_001, true),
        parser.parse("  SELL 1,000 oak 12.5001 IOC "));
    assertEquals(new Command.Replace(3, 50, 721_000), parser.parse("replace #3 50 72.1"));
    assertEquals(new Command.Cancel(4_294_967_295L), parser.parse("cancel 4294967295"));
    assertEquals(new Command.CancelAll(), parser.parse("cancel all"));
    assertEquals(new Command.Orders(), parser.parse("orders"));
    assertEquals(new Command.Positions(), parser.parse("positions"));
    assertEquals(new Command.Book("MAPLE", 5), parser.parse("book maple"));
    assertEquals(new Command.Book("MAPLE", 12), parser.parse("book maple 12"));
    assertEquals(new Command.Watch("OAK"), parser.parse("watch OAK"));
    assertEquals(new Command.Symbols(), parser.parse("symbols"));
    assertEquals(new Command.Log(20), parser.parse("log"));
    assertEquals(new Command.Log(3), parser.parse("log 3"));
    assertEquals(new Command.Help(), parser.parse("help"));
    assertEquals(new Command.Quit(), parser.parse("quit"));
    assertEquals(new Command.Nothing(), parser.parse("   "));
    assertEquals(new Command.Nothing(), parser.parse("# buys nothing"));
  }

  @Test
  void shouldTakeTheBeginningOfACommandWhenItIsTheOnlyOne() {
    assertEquals(new Command.Positions(), parser.parse("p"));
    assertEquals(new Command.CancelAll(), parser.parse("c all"));
    assertThrows(RefusedException.class, () -> parser.parse("b 1 MAPLE 1"));
  }

  @Test
  void shouldExplainEveryCommandWithin80Columns() {
    assertEquals(Verb.values().length, Verb.help().lines().count());
    assertTrue(Verb.help().lines().allMatch(line -> line.length() <= 80), Verb.help());
  }

  @Test
  void shouldOfferWhatMayComeNext() {
    Completions next = new Completions(List.of("MAPLE", "OAK"), () -> List.of("7"));
    assertEquals(Verb.values().length, next.after(List.of()).size());
    assertEquals(List.of("MAPLE", "OAK"), next.after(List.of("buy", "100")));
    assertEquals(List.of("ioc"), next.after(List.of("sell", "100", "OAK", "12")));
    assertEquals(List.of("7", "all"), next.after(List.of("cancel")));
    assertEquals(List.of("7"), next.after(List.of("replace")));
    assertEquals(List.of("MAPLE", "OAK"), next.after(List.of("watch")));
    assertEquals(List.of(), next.after(List.of("buy")));
    assertEquals(List.of(), next.after(List.of("nonsense")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bid 100 MAPLE 72.15      | bid: no such command; 'help' lists them",
        "s                        | s: no such command; 'help' lists them",
        "buy                      | usage: buy QUANTITY SYMBOL PRICE [ioc]",
        "buy 100 MAPLE            | usage: buy QUANTITY SYMBOL PRICE [ioc]",
        "buy 100 MAPLE 1 ioc now  | usage: buy QUANTITY SYMBOL PRICE [ioc]",
        "buy 100 MAPLE 1 fok      | fok: allowed here is ioc or nothing",
        "buy 0 MAPLE 1            | 0: no quantity; allowed is a whole number from 1 to 999999",
        "buy -5 MAPLE 1           | -5: no quantity; allowed is a whole number from 1 to 999999",
        "buy 1000000 MAPLE 1      | 1000000: no quantity; allowed is a whole number from 1 to 999999",
        "buy 1.5 MAPLE 1          | 1.5: no quantity; allowed is a whole number from 1 to 999999",
        "buy 99999999999 MAPLE 1  | 99999999999: no quantity; allowed is a whole number from 1 to 999999",
        "buy 100 PINE 1           | PINE: no such instrument; 'symbols' lists them",
        "buy 100 MAPLE 0          | 0: no price; allowed is a number above 0 with at most four decimals",
        "buy 100 MAPLE 1.23456    | 1.23456: no price; allowed is a number above 0 with at most four decimals",
        "buy 100 MAPLE -1         | -1: no price; allowed is a number above 0 with at most four decimals",
        "buy 100 MAPLE market     | market: no price; allowed is a number above 0 with at most four decimals",
        "replace 3 50             | usage: replace ID QUANTITY PRICE",
        "replace MAPLE 50 1       | maple: no order number; 'orders' lists yours",
        "cancel every             | every: no order number; 'orders' lists yours",
        "cancel 4294967296        | 4294967296: no order number; 'orders' lists yours",
        "orders all               | usage: orders",
        "positions MAPLE          | usage: positions",
        "book                     | usage: book SYMBOL [LEVELS]",
        "book MAPLE 0             | 0: no levels; allowed is a whole number from 1 to 100",
        "book MAPLE 101           | 101: no levels; allowed is a whole number from 1 to 100",
        "watch                    | usage: watch SYMBOL",
        "watch PINE               | PINE: no such instrument; 'symbols' lists them",
        "symbols now              | usage: symbols",
        "log many                 | many: no lines; allowed is a whole number from 1 to 1000",
        "help me                  | usage: help",
        "quit now                 | usage: quit",
      })
  void shouldSayInOneLineWhatIsWrong(String line, String said) {
    assertEquals(said, assertThrows(RefusedException.class, () -> parser.parse(line)).getMessage());
  }
}
