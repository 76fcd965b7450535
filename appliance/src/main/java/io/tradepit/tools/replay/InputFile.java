package io.tradepit.tools.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files that may be gzipped, whatever they are called. */
final class InputFile {
  private static final int GZIP_FIRST = 0x1F;
  private static final int GZIP_SECOND = 0x8B;
  private static final int BUFFER_LENGTH = 1 << 16;

  private InputFile() {}

  /** The bytes, unpacked; supports {@code mark} of as many bytes as its buffer has. */
  static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_LENGTH);
    try {
      raw.mark(2);
      boolean packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
      raw.reset();
      return packed
          ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER_LENGTH), BUFFER_LENGTH)
          : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The lines; bytes that are no ASCII become replacement characters, which no field allows. */
  static BufferedReader lines(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(open(file), StandardCharsets.US_ASCII), BUFFER_LENGTH);
  }

  /** A refusal for a file that cannot be read. */
  static ReplayFileException unreadable(Path file, IOException cause) {
    String why = cause.getMessage();
    String reason = why == null || why.equals(file.toString()) ? cause.toString() : why;
    return new ReplayFileException("file=" + file + ": cannot be read: " + reason);
  }
}
