package io.tradepit.main;

import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.journal.RecordedFiles;
import io.tradepit.protocol.sbe.DayClosedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.protocol.sbe.StateReportedDecoder;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventWalker;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import io.tradepit.telemetry.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * What a day that is over holds, read whole from its recordings, as a file of JSON.
 *
 * <pre>
 *   day            number        date, streamSession text
 *   ruleVersion, schemaVersion   number: what its commands were matched by and written as
 *   closed         true or false
 *   commands       number        firstTime, lastTime text, ISO 8601 in UTC: of the commands
 *   stateReported  {sequence, logHash, stateHash}: the last one of the day, hashes in hexadecimal
 *   log, events    {recordingId, startPosition, endPosition, files: list of {file, bytes, crc32c}}
 * </pre>
 *
 * <p>The checksum of a file is that of its recorded bytes, the first {@code bytes} of it. Starting
 * thread.
 */
final class DayManifest implements EventWalker.Listener {
  private static final int FRAMES = 1024;
  private static final int BLOCK = 1 << 20;

  private final RecordedDayFiles day;
  private final Map<String, String> terms = new LinkedHashMap<>();
  private String date = "unopened";
  private long commands;
  private long firstTimeNs;
  private long lastTimeNs;
  private boolean closed;
  private String reported = "null";

  private DayManifest(RecordedDayFiles day) {
    this.day = day;
  }

  /** Reads the whole day. */
  static DayManifest read(RecordedDayFiles day) {
    DayManifest manifest = new DayManifest(day);
    manifest.readLog();
    manifest.readEvents();
    return manifest;
  }

  /** 2026-11-26, or "unopened". */
  String date() {
    return date;
  }

  private void readLog() {
    try (LogHistory log = day.log().newLogHistory()) {
      long position = log.startPosition();
      long next = position;
      do {
        position = next;
        next = log.read(position, day.log().endPosition(), this::onCommand, FRAMES);
      } while (next > position);
    }
  }

  private boolean onCommand(DirectBuffer buffer, int offset, int length) {
    lastTimeNs = buffer.getLong(offset + LogFrame.TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    firstTimeNs = commands == 0 ? lastTimeNs : firstTimeNs;
    commands++;
    MessageHeaderDecoder header =
        new MessageHeaderDecoder().wrap(buffer, offset + LogFrame.HEADER_LENGTH);
    if (header.templateId() == OpenDayDecoder.TEMPLATE_ID && terms.isEmpty()) {
      onOpenDay(new OpenDayDecoder().wrapAndApplyHeader(buffer, header.offset(), header));
    }
    return true;
  }

  private void onOpenDay(OpenDayDecoder open) {
    long yyyymmdd = open.date();
    date = "%04d-%02d-%02d".formatted(yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    terms.put("streamSession", Json.text(open.streamSession().strip()));
    terms.put("ruleVersion", Integer.toString(open.ruleVersion()));
    terms.put("schemaVersion", Integer.toString(open.schemaVersion()));
  }

  private void readEvents() {
    EventHandler walker = new EventWalker(this);
    try (EventHistory events = day.events().newEventHistory()) {
      long position = events.startPosition();
      long next = position;
      do {
        position = next;
        next = events.read(position, day.events().endPosition(), walker, FRAMES);
      } while (next > position);
    }
  }

  @Override
  public void onMessage(
      int sessionId,
      long number,
      DirectBuffer buffer,
      int eventOffset,
      boolean incoming,
      long wireTimeNs,
      long position) {
    // Members' messages are counted by the journal's own commands.
  }

  @Override
  public void onOther(int templateId, DirectBuffer buffer, int eventOffset) {
    closed |= templateId == DayClosedDecoder.TEMPLATE_ID;
    if (templateId == StateReportedDecoder.TEMPLATE_ID) {
      StateReportedDecoder state =
          new StateReportedDecoder()
              .wrapAndApplyHeader(buffer, eventOffset, new MessageHeaderDecoder());
      reported =
          "{\"sequence\":%d,\"logHash\":\"%016x\",\"stateHash\":\"%016x\"}"
              .formatted(state.sequence(), state.logHash(), state.stateHash());
    }
  }

  String json() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("day", Integer.toString(day.number()));
    fields.put("date", Json.text(date));
    fields.putAll(terms);
    fields.put("closed", Boolean.toString(closed));
    fields.put("commands", Long.toString(commands));
    fields.put("firstTime", Json.text(time(firstTimeNs)));
    fields.put("lastTime", Json.text(time(lastTimeNs)));
    fields.put("stateReported", reported);
    fields.put("log", recording(day.log()));
    fields.put("events", recording(day.events()));
    return fields.entrySet().stream()
        .map(field -> Json.text(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private static String time(long epochNs) {
    return Instant.ofEpochSecond(0, epochNs).toString();
  }

  private static String recording(RecordedFiles files) {
    List<String> proved = new ArrayList<>();
    long position = files.startPosition();
    while (position < files.endPosition()) {
      long next = Math.min(files.endPosition(), files.nextFilePosition(position));
      proved.add(file(files.file(position), files.offsetInFile(next - 1) + 1));
      position = next;
    }
    return "{\"recordingId\":%d,\"startPosition\":%d,\"endPosition\":%d,\"files\":[%s]}"
        .formatted(
            files.recordingId(),
            files.startPosition(),
            files.endPosition(),
            String.join(",", proved));
  }

  private static String file(File file, long bytes) {
    return "{\"file\":%s,\"bytes\":%d,\"crc32c\":\"%08x\"}"
        .formatted(Json.text(file.getName()), bytes, crc32c(file, bytes));
  }

  private static long crc32c(File file, long bytes) {
    CRC32C crc = new CRC32C();
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.READ)) {
      long left = bytes;
      while (left > 0 && channel.read(block.clear().limit((int) Math.min(BLOCK, left))) > 0) {
        left -= block.position();
        crc.update(block.flip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be read", e);
    }
    return crc.getValue();
  }
}
