package io.tradepit.tools.journal;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Figures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;

/**
 * Commands and events as people read them, and as JSON: prices with four decimals, symbols as text,
 * times in the day's zone. One thread.
 */
final class MessageText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn");
  private static final int DECIMALS = 4;
  private static final long NS_OF_A_SECOND = 1_000_000_000L;

  private final MessageSchema schema;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private ZoneId zone;

  MessageText(MessageSchema schema, ZoneId zone) {
    this.schema = schema;
    this.zone = zone;
  }

  void zone(ZoneId ofTheDay) {
    zone = ofTheDay;
  }

  /** A time of the day, to the nanosecond. */
  String time(long timeNs) {
    return TIME.format(instant(timeNs).atZone(zone));
  }

  private static Instant instant(long timeNs) {
    return Instant.ofEpochSecond(
        Math.floorDiv(timeNs, NS_OF_A_SECOND), Math.floorMod(timeNs, NS_OF_A_SECOND));
  }

  /**
   * The message's name and its fields, {@code name=value}. The origin of a command is left out, and
   * so is what was not sent: blanks, tags that are zero, a verdict of a gateway without objection.
   *
   * @param offset of the SBE header
   */
  String line(DirectBuffer buffer, int offset) {
    header.wrap(buffer, offset);
    StringBuilder line = new StringBuilder(schema.name(header.templateId()));
    MessageLayout message = schema.message(header.templateId());
    if (message == null) {
      return line.append(" blockLength=").append(header.blockLength()).toString();
    }
    for (MessageField field : message.fields()) {
      if (isThere(field) && !field.group().equals("origin") && !isUnsaid(field, buffer, offset)) {
        line.append(' ').append(field.name()).append('=').append(text(field, buffer, offset));
      }
    }
    return line.toString();
  }

  /** An object of all its fields, those of a composite in one of its own. */
  String json(DirectBuffer buffer, int offset) {
    header.wrap(buffer, offset);
    MessageLayout message = schema.message(header.templateId());
    StringJoiner json = new StringJoiner(",", "{", "}");
    String group = "";
    StringJoiner inner = null;
    for (MessageField field : message == null ? MessageLayout.NO_FIELDS : message.fields()) {
      if (!field.group().equals(group) && inner != null) {
        json.add(Json.text(group) + ":" + inner);
        inner = null;
      }
      group = field.group();
      if (!group.isEmpty() && inner == null) {
        inner = new StringJoiner(",", "{", "}");
      }
      if (isThere(field)) {
        StringJoiner to = inner == null ? json : inner;
        to.add(Json.text(field.name()) + ":" + jsonValue(field, buffer, offset));
      }
    }
    return (inner == null ? json : json.add(Json.text(group) + ":" + inner)).toString();
  }

  private boolean isThere(MessageField field) {
    return field.offset() + field.lengthBytes() <= header.blockLength();
  }

  private static boolean isUnsaid(MessageField field, DirectBuffer buffer, int offset) {
    if (isText(field)) {
      return string(field, buffer, offset).isEmpty();
    }
    boolean mayBeZero = field.group().isEmpty() && !field.name().equals("verdict");
    return !mayBeZero && number(field, buffer, offset) == 0;
  }

  private String text(MessageField field, DirectBuffer buffer, int offset) {
    if (isText(field)) {
      return printable(string(field, buffer, offset));
    }
    long number = number(field, buffer, offset);
    return switch (field.type()) {
      case "price" -> Figures.price(number, DECIMALS);
      case "timeNs" -> instant(number).atZone(zone).toLocalDateTime().toString();
      default -> isBits(field) ? "0x" + Long.toHexString(number) : Long.toString(number);
    };
  }

  private static boolean isBits(MessageField field) {
    String name = field.name();
    return name.endsWith("Hash") || name.equals("verdict") || name.equals("present");
  }

  private String jsonValue(MessageField field, DirectBuffer buffer, int offset) {
    if (isText(field)) {
      return Json.text(string(field, buffer, offset));
    }
    // More than 2^53 is no number for many readers.
    return field.type().equals("price") || isBits(field)
        ? Json.text(text(field, buffer, offset))
        : Long.toString(number(field, buffer, offset));
  }

  private static boolean isText(MessageField field) {
    return field.primitive().equals("char") || field.type().equals("symbol");
  }

  private static String string(MessageField field, DirectBuffer buffer, int offset) {
    int at = offset + MessageHeaderDecoder.ENCODED_LENGTH + field.offset();
    if (field.type().equals("symbol")) {
      return ItchText.symbol(number(field, buffer, offset)).strip();
    }
    byte[] bytes = new byte[field.count()];
    buffer.getBytes(at, bytes);
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == ' ' || bytes[length - 1] == 0)) {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Quoted where it would not be one word, so that a line can be taken apart again. */
  private static String printable(String text) {
    boolean isWord = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    return isWord ? text : Json.text(text);
  }

  private static long number(MessageField field, DirectBuffer buffer, int offset) {
    int at = offset + MessageHeaderDecoder.ENCODED_LENGTH + field.offset();
    return SbeNumbers.get(buffer, at, field.primitive());
  }
}
