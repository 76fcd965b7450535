package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.exceptions.DriverTimeoutException;
import io.tradepit.config.ExitCode;
import io.tradepit.stream.LogFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FaultsTest {
  private final LogFailedException closed = new LogFailedException("recording stopped");

  private final Faults faults = new Faults();

  @Test
  void shouldBlameTheStorageForALogThatFails() {
    faults.onAgentFailure("tp-seq", closed);

    assertEquals(ExitCode.STORAGE, faults.exitCode());
    assertEquals("recording stopped", faults.reason());
  }

  /** The service starts it again: nothing was wrong with the disk. */
  @Test
  void shouldNotBlameTheStorageForAProcessThatStoodStill() {
    faults.onError(new DriverTimeoutException("keepalive: age=10087ms > timeout=10000ms"));
    assertFalse(faults.isStopping(), "an agent that goes on may");
    assertEquals(ExitCode.OK, faults.exitCode());
    faults.onAgentFailure("tp-seq", closed);

    assertTrue(faults.isStopping());
    assertEquals(ExitCode.OTHER, faults.exitCode());
    assertTrue(faults.reason().startsWith("the process stood still: "), faults.reason());
    assertTrue(faults.reason().contains("age=10087ms"), faults.reason());
  }

  @Test
  void shouldBlameNothingElseForAnyOtherFailure() {
    faults.onError(new IllegalStateException("a warning of Aeron"));
    faults.onAgentFailure("tp-gw-1", new IllegalStateException("broken"));

    assertEquals(ExitCode.OTHER, faults.exitCode());
    assertEquals("broken", faults.reason());
  }
}
