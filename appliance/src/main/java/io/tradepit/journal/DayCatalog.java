package io.tradepit.journal;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.aeron.archive.CatalogView;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * Which recordings belong to which day, from the archive's catalog alone: a recording's channel
 * carries an alias such as {@code tp-log-3} or {@code tp-events-3}; the newest day has the highest
 * number.
 */
final class DayCatalog {
  static final String LOG = "log";
  static final String EVENTS = "events";

  private static final String CATALOG_FILE = "archive.catalog";
  private static final String PREFIX = "tp-";

  private final List<RecordingDescription> recordings = new ArrayList<>();

  /** Reads the catalog of an archive, which may be running; there may be none yet. */
  DayCatalog(File archiveDirectory) {
    if (new File(archiveDirectory, CATALOG_FILE).exists()) {
      CatalogView.listRecordings(archiveDirectory, this::onRecording);
      // A purged recording keeps its entry, marked; only the look at a single one minds the mark.
      recordings.removeIf(recording ->
          !CatalogView.listRecording(
              archiveDirectory, recording.recordingId(), DayCatalog::ignore));
    }
  }

  private void onRecording(
      long controlSessionId,
      long correlationId,
      long recordingId,
      long startTimestamp,
      long stopTimestamp,
      long startPosition,
      long stopPosition,
      int initialTermId,
      int segmentFileLength,
      int termBufferLength,
      int mtuLength,
      int sessionId,
      int streamId,
      String strippedChannel,
      String originalChannel,
      String sourceIdentity) {
    recordings.add(
        new RecordingDescription(
            recordingId,
            streamId,
            startPosition,
            stopPosition,
            initialTermId,
            segmentFileLength,
            termBufferLength,
            mtuLength,
            originalChannel));
  }

  private static void ignore(
      long controlSessionId,
      long correlationId,
      long recordingId,
      long startTimestamp,
      long stopTimestamp,
      long startPosition,
      long stopPosition,
      int initialTermId,
      int segmentFileLength,
      int termBufferLength,
      int mtuLength,
      int sessionId,
      int streamId,
      String strippedChannel,
      String originalChannel,
      String sourceIdentity) {
    // It is there: that was the question.
  }

  List<RecordingDescription> recordings() {
    return recordings;
  }

  /** Number of the newest day, from 1; 0 when there is none. */
  int newestDay() {
    int newest = 0;
    for (RecordingDescription recording : recordings) {
      newest = Math.max(newest, dayOf(recording));
    }
    return newest;
  }

  /** Numbers of the days, ascending. */
  List<Integer> days() {
    return recordings.stream()
        .map(DayCatalog::dayOf)
        .filter(day -> day > 0)
        .distinct()
        .sorted()
        .toList();
  }

  /** Number of the day that a recording is of, from 1; 0 for one that is not ours. */
  static int dayOf(RecordingDescription recording) {
    String alias = aliasOf(recording);
    return alias.startsWith(PREFIX)
        ? Integer.parseInt(alias.substring(alias.lastIndexOf('-') + 1))
        : 0;
  }

  private static String aliasOf(RecordingDescription recording) {
    String alias = ChannelUri.parse(recording.channel()).get(CommonContext.ALIAS_PARAM_NAME);
    return alias == null ? "" : alias;
  }

  /** The recording of a stream on a day, or null. */
  RecordingDescription find(String stream, int day) {
    for (RecordingDescription recording : recordings) {
      if (aliasOf(recording).equals(alias(stream, day))) {
        return recording;
      }
    }
    return null;
  }

  RecordingDescription byId(long recordingId) {
    for (RecordingDescription recording : recordings) {
      if (recording.recordingId() == recordingId) {
        return recording;
      }
    }
    throw new IllegalStateException("recordingId=" + recordingId + " is not in the catalog");
  }

  static String alias(String stream, int day) {
    return PREFIX + stream + "-" + day;
  }
}
