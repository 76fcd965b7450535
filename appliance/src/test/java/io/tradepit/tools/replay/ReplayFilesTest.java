package io.tradepit.tools.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchMessage;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.OrderReplace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as they come: what is read of good ones, and the one line about each bad one. */
@Timeout(60)
class ReplayFilesTest {
  private static final String GOOD =
      """
      n,row,ts_ns,cmd,oid,side,px,qty,src,expect
      0,,100,N,7,S,10050,500,S,
      1,0,150,N,-8,B,9900,10,S,
      2,1,160,X,7,S,10050,100,L,
      3,2,200,A,0,B,10100,150,L,7:100:10050|7:50:10050
      4,,300,D,-8,B,9900,10,L,
      5,2,400,X,7,S,10050,400,L,
      6,,500,N,-8,B,9950,5,L,
      """;

  @TempDir private Path directory;

  @Test
  void shouldReadACommandFile() throws Exception {
    Path file = write("ABC_x_commands.csv", GOOD);
    ReplayFlow flow = CommandFile.read(file, "ABC");
    assertEquals(7, flow.size());
    assertEquals(4, flow.orders());
    assertEquals(400, flow.size(2), "intended size after the reduction");
    assertEquals(0, flow.size(5));
    assertEquals(0, flow.target(2));
    assertEquals(1, flow.target(4));
    assertEquals(1, flow.fills(), "fills of one order at one price are one");
    assertEquals(150, flow.fillQuantity(0));
    FlowSize size = new FlowSize(flow);
    assertEquals(50, size.tick4(0));
    assertEquals(3, size.openOrders());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          0,,100,N,7,S,10050,500,S;                 :2: fields=9: allowed 10 fields
          0,,100,N,7,S,10050,500,S,,;               :2: fields=11: allowed 10 fields
          0,,100,Q,7,S,10050,500,S,;                :2: cmd=Q: allowed one of N X D A
          0,,100,N,7,T,10050,500,S,;                :2: side=T: allowed one of B S
          0,,100,N,x,S,10050,500,S,;                :2: oid=x: allowed
          0,,100,N,7,S,0,500,S,;                    :2: px=0: allowed 1 to 1999999900
          0,,100,N,7,S,2000000000,500,S,;           :2: px=2000000000: allowed
          0,,100,N,7,S,10050,1000000,S,;            :2: qty=1000000: allowed 1 to 999999
          0,,100,N,7,S,10050,1.5,S,;                :2: qty=1.5: allowed
          0,,-1,N,7,S,10050,5,S,;                   :2: ts_ns=-1: allowed
          0,r,1,N,7,S,10050,5,S,;                   :2: row=r: allowed
          0,,100,D,7,S,10050,500,S,;                :2: oid=7: allowed one that was entered before
          0,,100,N,7,S,10050,500,S,7:1:1;           :2: expect=7:1:1: allowed nothing but for cmd A
          0,,100,A,0,S,10050,500,S,7:1;             :2: expect=7:1: allowed restingOid:quantity:price
          0,,100,A,0,S,10050,500,S,7:0:1;           :2: expect.quantity=0: allowed 1 to 999999
          99999999999999999999,,1,N,7,S,1,1,S,;     :2: n=99999999999999999999: allowed
          """)
  void shouldRefuseABadLine(String line, String expected) throws Exception {
    Path file = write("ABC_x.csv", CommandFile.HEADER + "\n" + line + "\n");
    assertRefused(file + expected, new ReplayContext().file(file));
  }

  @Test
  void shouldRefuseWhatCannotBePlayed() throws Exception {
    Path tooMuch = write("A_1.csv", GOOD.replace("X,7,S,10050,100", "X,7,S,10050,501"));
    assertRefused(":4: qty=501: allowed at most the order's size, 500", file(tooMuch));
    assertRefused("cannot be read", file(directory.resolve("missing.csv")));
    assertRefused("allowed a command file", file(write("B_1", "hello\n")));
    assertRefused("allowed a command file", file(write("C_1", "")));
    assertRefused(":1: header=n,row,x: allowed n,row,ts_ns", file(write("D_1", "n,row,x\n")));
    assertRefused("commands=0", file(write("E_1", CommandFile.HEADER + "\n")));
    Path good = write("TOOLONGNAME_1.csv", GOOD);
    assertRefused("symbol=TOOLONGNAME (file name up to _, in capitals)", file(good));
    assertRefused("symbol=TOOLONGSYM", file(good).symbols(List.of("TOOLONGSYM")));
    assertRefused("allowed one, a command file", file(good).symbols(List.of("A", "B")));
    Path cut = directory.resolve("F_1.csv.gz");
    Files.write(cut, new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0});
    assertRefused("cannot be read", file(cut));
  }

  @Test
  void shouldFindTheOrderbookFileOrSayThatThereIsNone() throws Exception {
    Path file = write("ABC_2026_L2_commands.csv", GOOD);
    assertRefused("books=0 files ABC_2026..orderbook..", file(file));
    String book = "10050,400,9900,10,9999999999,7,0,7\n";
    write("ABC_2026_9_orderbook_1.csv", "1,1,1,1\n");
    Path rows = write("ABC_2026_9_orderbook_2.csv", book.repeat(3));
    write("ABX_2026_9_orderbook_2.csv", book);
    write("ABC_2026_9_orderbook_2_first10.csv", "1,1,1,1\n");
    try (LoadedFile loaded = LoadedFile.of(file(file))) {
      assertEquals(2, loaded.books().levels());
      assertEquals(400, loaded.books().size(0, ExpectedBooks.ASK, 0));
      assertEquals(9_900, loaded.books().price(1, ExpectedBooks.BID, 0));
      assertEquals(0, loaded.books().size(2, ExpectedBooks.BID, 1));
    }
    Files.writeString(rows, book.repeat(2));
    assertRefused("rows=2: row 2 is asked for", file(file));
    Files.writeString(rows, "1,2,3\n");
    assertRefused(":1: columns=3: allowed four for each level", file(file));
    Files.writeString(rows, book + "1,2,3,4\n");
    assertRefused(":2: fields=4: allowed 8 fields", file(file));
    Files.writeString(rows, book + book.replace("10050", "x"));
    assertRefused(":2: price=x: allowed", file(file));
    try (LoadedFile loaded = LoadedFile.of(file(file).compareBooks(false))) {
      assertEquals(0L, loaded.figures().get("booksExpected"));
    }
  }

  @Test
  void shouldReadBothFramingsOfItch() throws Exception {
    for (boolean stated : new boolean[] {true, false}) {
      Path file = directory.resolve("itch-" + stated);
      Files.write(file, itch(stated));
      ItchFile.Content all = ItchFile.read(file, List.of());
      assertEquals(6, all.messages());
      assertEquals(List.of("AAA", "BBB"), all.flow().symbols());
      assertEquals("NNAUD", kinds(all.flow()));
      assertEquals(1, all.unknownReferences());
      assertEquals(List.of("message=4 type=D reference=99"), all.firstUnknown());
      assertEquals('S', all.flow().side(2), "the other side of the order that was executed");
      assertEquals(70, all.flow().size(3), "executed 40 and 30 anew");
      assertEquals(3, all.flow().target(4));
      ItchFile.Content some = ItchFile.read(file, List.of("BBB"));
      assertEquals("N", kinds(some.flow()));
      assertEquals(1, some.unknownReferences());
    }
  }

  @Test
  void shouldRefuseAnItchFileThatEndsWithinAMessageOrHasAnUnknownType() throws Exception {
    byte[] whole = itch(true);
    Path file = directory.resolve("itch");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertRefused("the file ends within a message", file(file));
    byte[] typed = itch(false);
    typed[typed.length - 19] = 'z';
    Files.write(file, typed);
    assertRefused("type=0x7a: allowed one of ITCH 5.0", file(file));
    Files.write(file, whole);
    assertRefused("and no order of CCC", file(file).symbols(List.of("CCC")));
  }

  // Adds in two instruments, an execution, a replace, an unknown delete, a delete.
  private static byte[] itch(boolean stated) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    AddOrder add = new AddOrder();
    add.begin(buffer, 0, 1, 0, 10);
    add.orderReference(1).side((byte) 'B').shares(100).stock(ItchText.symbol("AAA")).price(500);
    append(out, add, stated);
    add.begin(buffer, 0, 2, 0, 20);
    add.orderReference(2).side((byte) 'S').shares(5).stock(ItchText.symbol("BBB")).price(700);
    append(out, add, stated);
    OrderExecuted executed = new OrderExecuted();
    executed.begin(buffer, 0, 1, 0, 30);
    executed.orderReference(1).executedShares(40).matchNumber(1);
    append(out, executed, stated);
    OrderReplace replace = new OrderReplace();
    replace.begin(buffer, 0, 1, 0, 40);
    replace.originalOrderReference(1).newOrderReference(3).shares(30).price(505);
    append(out, replace, stated);
    OrderDelete delete = new OrderDelete();
    delete.begin(buffer, 0, 1, 0, 50);
    append(out, delete.orderReference(99), stated);
    append(out, delete.orderReference(3), stated);
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, ItchMessage message, boolean stated) {
    out.write(0);
    out.write(stated ? message.length() : 0);
    out.writeBytes(message.toByteArray());
  }

  private static String kinds(ReplayFlow flow) {
    StringBuilder kinds = new StringBuilder();
    for (int command = 0; command < flow.size(); command++) {
      kinds.append((char) flow.kind(command));
    }
    return kinds.toString();
  }

  private static ReplayContext file(Path file) {
    return new ReplayContext().file(file);
  }

  private Path write(String name, String text) throws Exception {
    Path file = directory.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    return file;
  }

  private static void assertRefused(String expected, ReplayContext context) {
    String message =
        assertThrows(ReplayFileException.class, () -> LoadedFile.of(context)).getMessage();
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count());
  }
}
