package io.tradepit.journal;

/** Another segment that runs has the directory. The message names it as {@code name=value}. */
public final class DirectoryInUseException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DirectoryInUseException(String message) {
    super(message);
  }
}
