package io.tradepit.journal;

import java.io.File;
import java.io.IOException;
import org.agrona.ErrorHandler;

/**
 * What broke the recorder: the first error of the disk that the archive reports, or a file of a
 * recording that is gone. From then on nothing is released.
 *
 * <p>The archive stops a recording after an error too, but only when its conductor comes to it;
 * here it counts from the moment of the report, before the thread that reports goes on. Any thread.
 */
final class RecorderFault implements ErrorHandler {
  private final File directory;
  private final ErrorHandler listener;
  private volatile String reason;

  /**
   * @param directory of the recordings
   * @param listener is told every error, of the disk or not
   */
  RecorderFault(File directory, ErrorHandler listener) {
    this.directory = directory;
    this.listener = listener;
  }

  @Override
  public void onError(Throwable error) {
    if (isOfDisk(error)) {
      fail(error.getMessage());
    }
    listener.onError(error);
  }

  /** A mapped page that the disk refuses is an {@code InternalError} of the JVM. */
  private static boolean isOfDisk(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof InternalError) {
        return true;
      }
    }
    return false;
  }

  /** Nothing recorded from now on counts; the first reason stays. */
  synchronized void fail(String why) {
    if (reason == null) {
      reason = "error=" + why + " directory=" + directory;
    }
  }

  boolean hasFailed() {
    return reason != null;
  }

  /** What happened and where, or null. */
  String reason() {
    return reason;
  }
}
