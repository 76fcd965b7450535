package io.tradepit.protocol.ouch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.Hex;
import java.lang.reflect.Method;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every golden vector of OUCH through its flyweights: the decoder reads each field as the table
 * says, and the encoder, given the fields of the table, writes the very bytes.
 */
@Timeout(20)
class OuchVectorsBothWaysTest {
  private static final String WIRE = "io.tradepit.protocol.ouch.wire.Ouch";
  private static final String TIME = "timestamp=34200000000123 ";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          EnterOrder|4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f524430303031202020202020200000|messageType=O userRefNum=1 side=B quantity=100 symbol=ACME price=1503400 timeInForce=0 display=Y capacity=A interMarketSweep=N crossType=N clOrdId=ORD0001
          EnterOrder|4f0000000254000001f441434d4520202020000000000016f044334e504e4e4f52443030303220202020202020000f05024d4b5241050300000064021c01|messageType=O userRefNum=2 side=T quantity=500 symbol=ACME price=1503300 timeInForce=3 display=N capacity=P interMarketSweep=N crossType=N clOrdId=ORD0002
          ReplaceOrder|55000000010000000300000096000000000016f10c30594e4f524430303033202020202020200000|messageType=U origUserRefNum=1 userRefNum=3 quantity=150 price=1503500 timeInForce=0 display=Y interMarketSweep=N clOrdId=ORD0003
          CancelOrder|580000000300000000|messageType=X userRefNum=3 quantity=0
          CancelOrder|5800000003000000000003021c01|messageType=X userRefNum=3 quantity=0
          ModifyOrder|4d000000025300000190|messageType=M userRefNum=2 side=S quantity=400
          MassCancel|43000000044d4b524120202020202020200000|messageType=C userRefNum=4 firm=MKRA symbol=
          MassCancel|43000000044d4b524141434d45202020200003021b42|messageType=C userRefNum=4 firm=MKRA symbol=ACME
          DisableOrderEntry|44000000054d4b52410000|messageType=D userRefNum=5 firm=MKRA
          EnableOrderEntry|45000000064d4b52410000|messageType=E userRefNum=6 firm=MKRA
          AccountQuery|51|messageType=Q
          SystemEvent|5300001f1aced9f07b53|messageType=S TIME eventCode=S
          Accepted|4100001f1aced9f07b00000001420000006441434d4520202020000000000016f0a8305900000000000003e9414e4e4c4f524430303031202020202020200000|messageType=A TIME userRefNum=1 side=B quantity=100 symbol=ACME price=1503400 timeInForce=0 display=Y orderReferenceNumber=1001 capacity=A interMarketSweep=N crossType=N orderState=L clOrdId=ORD0001
          Executed|4500001f1aced9f07b0000000100000028000000000016f0a84100000000000023290000|messageType=E TIME userRefNum=1 quantity=40 price=1503400 liquidityFlag=A matchNumber=9001
          Canceled|4300001f1aced9f07b000000010000003c55|messageType=C TIME userRefNum=1 quantity=60 reason=U
          Canceled|4300001f1aced9f07b000000010000003c550003021c01|messageType=C TIME userRefNum=1 quantity=60 reason=U
          Rejected|4a00001f1aced9f07b0000000700174f52443030303720202020202020|messageType=J TIME userRefNum=7 reason=23 clOrdId=ORD0007
          Replaced|5500001f1aced9f07b0000000100000003420000009641434d4520202020000000000016f10c305900000000000003eb414e4e4c4f524430303033202020202020200000|messageType=U TIME origUserRefNum=1 userRefNum=3 side=B quantity=150 symbol=ACME price=1503500 timeInForce=0 display=Y orderReferenceNumber=1003 capacity=A interMarketSweep=N crossType=N orderState=L clOrdId=ORD0003
          MassCancelResponse|5800001f1aced9f07b000000044d4b524120202020202020200000|messageType=X TIME userRefNum=4 firm=MKRA symbol=
          DisableResponse|4700001f1aced9f07b000000054d4b52410000|messageType=G TIME userRefNum=5 firm=MKRA
          EnableResponse|4b00001f1aced9f07b000000064d4b52410000|messageType=K TIME userRefNum=6 firm=MKRA
          AccountQueryResponse|5100001f1aced9f07b00000008|messageType=Q TIME nextUserRefNum=8
          AiqCanceled|4400001f1aced9f07b000000010000000a510000000a000000000016f0a85244|messageType=D TIME userRefNum=1 decrementShares=10 reason=Q quantityPreventedFromTrading=10 executionPrice=1503400 liquidityFlag=R aiqStrategy=D
          Restated|5200001f1aced9f07b00000001520010051600000064090100000000000003f1|messageType=R TIME userRefNum=1 reason=R
          BrokenTrade|4200001f1aced9f07b000000010000000000002329454f52443030303120202020202020|messageType=B TIME userRefNum=1 matchNumber=9001 reason=E clOrdId=ORD0001
          CancelPending|5000001f1aced9f07b00000008|messageType=P TIME userRefNum=8
          CancelReject|4900001f1aced9f07b00000008|messageType=I TIME userRefNum=8
          PriorityUpdate|5400001f1aced9f07b00000001000000000016f0a85900000000000003ec|messageType=T TIME userRefNum=1 price=1503400 display=Y orderReferenceNumber=1004
          Modified|4d00001f1aced9f07b000000025300000190|messageType=M TIME userRefNum=2 side=S quantity=400
          """)
  void shouldReadAndWriteEachField(String message, String hex, String fields) throws Exception {
    UnsafeBuffer vector = Hex.buffer(hex);
    Object decoder = make(message + "Decoder");
    Object encoder = make(message + "Encoder");
    int block = (int) decoder.getClass().getMethod("sbeBlockLength").invoke(decoder);
    UnsafeBuffer written = new UnsafeBuffer(new byte[block]);
    written.setMemory(0, block, (byte) 0x55);
    decoder
        .getClass()
        .getMethod("wrap", DirectBuffer.class, int.class, int.class, int.class)
        .invoke(decoder, vector, 0, block, 0);
    encoder
        .getClass()
        .getMethod("wrap", MutableDirectBuffer.class, int.class)
        .invoke(encoder, written, 0);
    for (String field : fields.replace("TIME ", TIME).split(" ", -1)) {
      String name = field.substring(0, field.indexOf('='));
      String value = field.substring(name.length() + 1);
      assertEquals(value, read(decoder, name), message + " " + name);
      write(encoder, name, value);
    }
    assertEquals(hex.substring(0, 2 * block), Hex.text(written, 0, block));
    int rest = vector.capacity() - block;
    assertTrue(rest == 0 || OuchAppendage.isValid(vector, block, vector.capacity()));
  }

  private static Object make(String name) throws ReflectiveOperationException {
    return Class.forName(WIRE + name).getConstructor().newInstance();
  }

  private static String read(Object decoder, String name) throws ReflectiveOperationException {
    Object value = decoder.getClass().getMethod(name).invoke(decoder);
    if ("symbol".equals(name)) {
      UnsafeBuffer text = new UnsafeBuffer(new byte[8]);
      text.putLong(0, (long) value, ByteOrder.BIG_ENDIAN);
      return text.getStringWithoutLengthAscii(0, 8).strip();
    }
    return value instanceof Byte letter
        ? String.valueOf((char) letter.byteValue())
        : value.toString().strip();
  }

  private static void write(Object encoder, String name, String value)
      throws ReflectiveOperationException {
    Method setter =
        Arrays.stream(encoder.getClass().getMethods())
            .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
            .filter(method -> method.getParameterTypes()[0] != CharSequence.class)
            .findFirst()
            .orElseThrow();
    setter.invoke(encoder, argument(setter.getParameterTypes()[0], encoder, name, value));
  }

  private static Object argument(Class<?> type, Object encoder, String name, String value)
      throws ReflectiveOperationException {
    if ("symbol".equals(name)) {
      byte[] text = padded(value, 8).getBytes(StandardCharsets.US_ASCII);
      return new UnsafeBuffer(text).getLong(0, ByteOrder.BIG_ENDIAN);
    }
    if (type == byte.class) {
      return (byte) value.charAt(0);
    }
    if (type == String.class) {
      return padded(value, (int) encoder.getClass().getMethod(name + "Length").invoke(null));
    }
    return type == int.class ? (Object) Integer.valueOf(value) : Long.valueOf(value);
  }

  private static String padded(String value, int length) {
    return value + " ".repeat(length - value.length());
  }
}
