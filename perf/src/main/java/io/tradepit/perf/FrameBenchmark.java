package io.tradepit.perf;

import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * What is put around messages and taken off again: SoupBinTCP packets, MoldUDP64 packets, and the
 * SBE command of the log. Buffers are off-heap and stay in the cache; no socket is in the time.
 */
public class FrameBenchmark extends OneThreadBenchmark {
  private static final int ROOM = 1_500;
  private static final int MESSAGES = 20;
  private static final int PAYLOAD = 64;
  private static final int ADD_ORDER = 36;

  private final UnsafeBuffer payload = buffer();
  private final UnsafeBuffer packet = buffer();
  private final UnsafeBuffer mold = buffer();
  private final UnsafeBuffer command = buffer();
  private final UnsafeBuffer session = buffer();
  private final SoupBinDecoder soup = new SoupBinDecoder();
  private final MoldPacketEncoder moldEncoder = new MoldPacketEncoder();
  private final MoldPacketDecoder moldDecoder = new MoldPacketDecoder();
  private final AddOrder addOrder = new AddOrder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder read = new MessageHeaderDecoder();
  private final EnterOrderEncoder enter = new EnterOrderEncoder();
  private final EnterOrderDecoder entered = new EnterOrderDecoder();
  private long number;
  private int moldLength;

  private static UnsafeBuffer buffer() {
    return new UnsafeBuffer(BufferUtil.allocateDirectAligned(ROOM, 64));
  }

  /** Writes what is read. */
  @Setup
  public void write() {
    session.putStringWithoutLengthAscii(0, "TP20261120");
    SoupBinEncoder.data(packet, 0, SoupBin.SEQUENCED_DATA, payload, 0, PAYLOAD);
    moldLength = packMold();
    packEnter();
  }

  /** A message of 64 bytes becomes a packet of sequenced data. */
  @Benchmark
  public int encodeSoupBin() {
    return SoupBinEncoder.data(packet, 0, SoupBin.SEQUENCED_DATA, payload, 0, PAYLOAD);
  }

  /** Length and letter of a packet. */
  @Benchmark
  public int decodeSoupBin() {
    soup.wrap(packet, 0);
    if (soup.type() != SoupBin.SEQUENCED_DATA || soup.length() != PAYLOAD + 1) {
      throw new IllegalStateException("type=" + soup.type() + " length=" + soup.length());
    }
    return soup.length();
  }

  /** One of 20 ITCH Add Orders that are encoded into a packet. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int encodeMold() {
    int length = packMold();
    if (length != moldLength) {
      throw new IllegalStateException("length=" + length + " expected=" + moldLength);
    }
    return length;
  }

  private int packMold() {
    moldEncoder.begin(mold, 0, ROOM, session, ++number);
    for (int i = 0; i < MESSAGES; i++) {
      addOrder.begin(mold, moldEncoder.append(ADD_ORDER), 3, 0, number);
      addOrder.orderReference(i).side((byte) 'B').shares(100).stock(CommandWriter.SYMBOL);
      addOrder.price(1_503_400);
    }
    return moldEncoder.end();
  }

  /** One of the 20 messages of a packet that is checked and walked through. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long decodeMold() {
    long sum = 0;
    int messages = 0;
    if (moldDecoder.wrap(mold, 0, moldLength)) {
      while (moldDecoder.next()) {
        sum += moldDecoder.messageSequenceNumber() + mold.getByte(moldDecoder.messageOffset());
        messages++;
      }
    }
    if (messages != MESSAGES) {
      throw new IllegalStateException("messages=" + messages);
    }
    return sum;
  }

  /** An Enter Order as SBE command, its bytes cleared before; from values, not from OUCH. */
  @Benchmark
  public DirectBuffer encodeCommand() {
    return packEnter();
  }

  private DirectBuffer packEnter() {
    command.setMemory(
        0, MessageHeaderEncoder.ENCODED_LENGTH + EnterOrderEncoder.BLOCK_LENGTH, (byte) 0);
    enter.wrapAndApplyHeader(command, 0, header);
    enter.origin().gatewaySequence(++number).connectionEpoch(1).sessionId(7).gateway((short) 1);
    enter.symbol(CommandWriter.SYMBOL).price(1_503_400).userRefNum(number & 0xFFFF).quantity(100);
    enter.side((byte) 'B').timeInForce(CommandWriter.DAY).display((byte) 'Y').capacity((byte) 'A');
    return command;
  }

  /** The fields of an Enter Order that the matcher reads of every one. */
  @Benchmark
  public long decodeCommand() {
    entered.wrapAndApplyHeader(command, 0, read);
    if (entered.symbol() != CommandWriter.SYMBOL || entered.quantity() != 100) {
      throw new IllegalStateException("symbol=" + entered.symbol());
    }
    return entered.price()
        + entered.userRefNum()
        + entered.side()
        + entered.timeInForce()
        + entered.display()
        + entered.capacity()
        + entered.origin().gatewaySequence()
        + entered.origin().sessionId();
  }
}
