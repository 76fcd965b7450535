package io.tradepit.main;

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
      case HostRefusedException e -> new StartException(ExitCode.MEMORY, e.getMessage(), e);
      case RecoveryRefusedException e ->
          new StartException(ExitCode.RECOVERY_REFUSED, e.getMessage(), e);
      case LogFailedException e -> new StartException(ExitCode.STORAGE, e.getMessage(), e);
      case DirectoryInUseException e ->
          new StartException(ExitCode.ALREADY_RUNNING, e.getMessage(), e);
      case UncheckedIOException e ->
          new StartException(ExitCode.STORAGE, e.getMessage() + ": " + e.getCause(), e);
      case TransportException e -> new StartException(ExitCode.PORT_IN_USE, e.getMessage(), e);
      default -> fault;
    };
  }
}
