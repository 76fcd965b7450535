package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;

/** Something recorded does not fit; the message is one line of {@code name=value}. */
final class DefectFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DefectFoundException(String message) {
    super(message);
  }

  DefectFoundException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Of a frame.
   *
   * @param sequence number of the command
   */
  static DefectFoundException at(RecordedFiles files, long position, long sequence, String defect) {
    return new DefectFoundException(
        "defect="
            + defect
            + " recordingId="
            + files.recordingId()
            + " position="
            + position
            + " sequence="
            + sequence
            + " file="
            + files.file(position));
  }
}
