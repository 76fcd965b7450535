package io.tradepit.main;

import io.aeron.archive.client.ArchiveException;
import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.host.HostRefusedException;
import io.tradepit.journal.DirectoryInUseException;
import io.tradepit.recovery.RecoveryRefusedException;
import io.tradepit.stream.LogFailedException;
import io.tradepit.transport.TransportException;
import java.io.UncheckedIOException;

/** Turns what a part refuses at the start into one line and an exit code. */
final class StartFaults {
  private StartFaults() {}

  static RuntimeException explained(RuntimeException fault) {
    return switch (fault) {
      case HostRefusedException e -> new StartException(codeOf(e.kind()), e.getMessage(), e);
      case RecoveryRefusedException e ->
          new StartException(ExitCode.RECOVERY_REFUSED, e.getMessage(), e);
      case LogFailedException e -> new StartException(ExitCode.STORAGE, e.getMessage(), e);
      case DirectoryInUseException e ->
          new StartException(ExitCode.ALREADY_RUNNING, e.getMessage(), e);
      case ArchiveException e when e.errorCode() == ArchiveException.STORAGE_SPACE ->
          new StartException(
              ExitCode.STORAGE, "too little space for the log: " + e.getMessage(), e);
      case UncheckedIOException e ->
          new StartException(ExitCode.STORAGE, e.getMessage() + ": " + e.getCause(), e);
      case TransportException e -> new StartException(ExitCode.PORT_IN_USE, e.getMessage(), e);
      default -> fault;
    };
  }

  private static ExitCode codeOf(HostRefusedException.Kind kind) {
    return switch (kind) {
      case MEMORY, PAGES -> ExitCode.MEMORY;
      case CORE, POLICY, LOCK, NODE, JVM, PORT -> ExitCode.HOST;
    };
  }

  /** What an agent of a starting segment died of; a composite hides it among the suppressed. */
  static RuntimeException ofAgent(Throwable failure) {
    Throwable[] hidden = failure.getSuppressed();
    Throwable first = hidden.length == 0 ? failure : hidden[0];
    if (explained(asRuntime(first)) instanceof StartException start) {
      return start;
    }
    return new StartException(ExitCode.OTHER, String.valueOf(first.getMessage()), first);
  }

  private static RuntimeException asRuntime(Throwable failure) {
    return failure instanceof RuntimeException runtime ? runtime : new RuntimeException(failure);
  }
}
