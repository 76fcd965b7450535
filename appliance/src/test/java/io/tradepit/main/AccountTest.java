package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The account functions over real TCP: each answer byte for byte as the tables of the protocol say,
 * written here by hand. {@code TIME} stands for the stamp.
 */
@Timeout(120)
class AccountTest {
  private static final long PRICE = 1_000_000;
  private static final String NPT = "4e505420";
  private static final String SPT = "53505420";
  private static final String ALL = "2020202020202020";
  private static final String ALDER = "414c444552202020";
  private static final String BLANK_ID = "20".repeat(14);
  private static final int MANY = 1_000;

  @TempDir Path directory;

  private Member member;
  private int answered = 1;

  @Test
  void shouldAnswerEachAccountFunctionByteForByte() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    List<byte[]> stream;
    try (Feed feed = Feed.join(plan.lineA);
        Segment segment = SegmentTest.start(plan);
        Member buyer = plan.login("NPT1", 1)) {
      assertFalse(segment.faults.isStopping());
      member = buyer;
      member.awaitMessages(1);
      assertEquals("53", hex(member.received.getFirst(), 0, 1));

      enter(1, 'B', PRICE, "0000");
      enter(2, 'S', 2 * PRICE, "0004" + "03180007");
      enter(3, 'B', PRICE, "0004" + "03180007");
      enter(1, 'B', PRICE, "0003" + "021c09");

      // Mass Cancel by group and side, by symbol in a channel, by firm; then in vain.
      send("43" + "00000004" + NPT + ALL + "0007" + "03180007" + "021b42");
      expect("58 TIME 00000004" + NPT + ALL + "0007" + "03180007" + "021b42", canceled(3, ""));
      send("43" + "00000002" + NPT + ALDER + "0003" + "021c09");
      expect("58 TIME 00000002" + NPT + ALDER + "0003" + "021c09", canceled(1, "0003" + "021c09"));
      send("43" + "00000005" + NPT + ALL + "0000");
      expect("58 TIME 00000005" + NPT + ALL + "0000", canceled(1, ""), canceled(2, ""));
      send("43" + "00000006" + NPT + ALL + "0004" + "03180000");
      expect("58 TIME 00000006" + NPT + ALL + "0004" + "03180000");

      // What is no mass cancel: firm, symbol, side; a repeat is silent.
      send("43" + "00000007" + SPT + ALL + "0000");
      expect("4a TIME 00000007 000c" + BLANK_ID);
      send("43" + "00000008" + NPT + "4e4f4e4520202020" + "0000");
      expect("4a TIME 00000008 0017" + BLANK_ID);
      send("43" + "00000009" + NPT + ALL + "0006" + "021b5a" + "021c00");
      expect("4a TIME 00000009 0009" + BLANK_ID);
      send("43" + "00000009" + NPT + ALL + "0000");

      // Disable: new orders and replaces are refused, an open order stays.
      enter(10, 'B', PRICE, "0000");
      send("44" + "0000000b" + NPT + "0000");
      expect("47 TIME 0000000b" + NPT + "0000");
      member.send(OuchBytes.enter(12, 'B', 10, "ALDER", PRICE));
      expect("4a TIME 0000000c 000c" + hex(OuchBytes.ascii("C12", 14), 0, 14));
      member.send(OuchBytes.replace(10, 13, 20, PRICE));
      expect("4a TIME 0000000d 000c" + hex(OuchBytes.ascii("R13", 14), 0, 14));
      send("44" + "00000003" + SPT + "0003" + "021c09");
      expect("4a TIME 00000003 000c" + BLANK_ID + "0003" + "021c09");
      send("45" + "00000004" + NPT + "0003" + "021c09");
      expect("4b TIME 00000004" + NPT + "0003" + "021c09");
      send("44" + "0000000e" + NPT + "0000");
      expect("47 TIME 0000000e" + NPT + "0000");

      // Account Query, of the port and of a channel.
      send("51");
      expect("51 TIME 0000000f");
      send("51" + "0003" + "021c09");
      expect("51 TIME 00000005" + "0003" + "021c09");
      stream = List.copyOf(member.received);
      feed.awaitMessages(7 + 9);
      assertEquals("AAAADDDDA", SegmentTest.types(feed.received.subList(7, 16)));
    }
    try (Segment segment = SegmentTest.start(plan);
        Member again = plan.login("NPT1", 1)) {
      assertEquals(RecoveryWay.SNAPSHOT, segment.day.recovery.way());
      member = again;
      member.awaitMessages(stream.size());
      SegmentTest.assertStream(stream, member.received);
      member.send(OuchBytes.enter(15, 'B', 10, "ALDER", PRICE));
      expect("4a TIME 0000000f 000c" + hex(OuchBytes.ascii("C15", 14), 0, 14));
      send("45" + "00000010" + NPT + "0000");
      expect("4b TIME 00000010" + NPT + "0000");
      enter(17, 'B', PRICE, "0000");
    }
    Tier.ran("accounts over tcp", "messages=" + answered);
  }

  @Test
  void shouldAnswerAMassCancelOfManyOrdersInOrder() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    try (Segment segment = SegmentTest.start(plan);
        Member seller = plan.login("SPT1", 1)) {
      assertFalse(segment.faults.isStopping());
      member = seller;
      for (int urn = 1; urn <= MANY; urn++) {
        member.send(OuchBytes.enter(urn, 'S', 10, "BIRCH", PRICE + 100L * (urn % 50)));
      }
      member.awaitMessages(1 + MANY);
      answered += MANY;
      send("43" + "00000fff" + SPT + ALL + "0000");
      String[] expected = new String[1 + MANY];
      expected[0] = "58 TIME 00000fff" + SPT + ALL + "0000";
      for (int urn = 1; urn <= MANY; urn++) {
        expected[urn] = canceled(urn, "");
      }
      expect(expected);
      send("51");
      expect("51 TIME 00001000");
      assertEquals(0, segment.day.matcher.ordersInUse());
    }
  }

  private static String canceled(int userRefNum, String appendage) {
    return "43 TIME %08x 0000000a 55".formatted(userRefNum) + appendage;
  }

  /** Enters 10 of ALDER and waits for the answer. */
  private void enter(int userRefNum, char side, long price, String appendage) throws IOException {
    byte[] plain = new byte[45];
    OuchBytes.enter(userRefNum, side, 10, "ALDER", price).get(plain);
    send(hex(plain, 0, plain.length) + appendage);
    member.awaitMessages(++answered);
    assertEquals("41", hex(member.received.getLast(), 0, 1));
  }

  private void send(String message) throws IOException {
    member.send(ByteBuffer.wrap(HexFormat.of().parseHex(message)));
  }

  /** The next messages; all of one command have one stamp. */
  private void expect(String... messages) throws IOException {
    member.awaitMessages(answered + messages.length);
    String time = hex(member.received.get(answered), 1, 9);
    for (String message : messages) {
      byte[] received = member.received.get(answered++);
      String expected = message.replace("TIME", time).replace(" ", "");
      assertEquals(expected, hex(received, 0, received.length), "message " + answered);
    }
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }
}
