package io.tradepit.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process ends with the call that runs it. */
@Timeout(60)
class ChildJvmTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Says its process number and waits for ever. */
  public static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) {
      System.out.println(ProcessHandle.current().pid());
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  void shouldEndTheProcessAndRemoveWhatItLeavesWhenItsReaderFails() {
    List<String> happened = new ArrayList<>();
    ChildJvm process = process(JAVA).leaving(() -> happened.add("removed"));
    String pid =
        assertThrows(UnsupportedOperationException.class, () -> process.run(ChildJvmTest::fail))
            .getMessage();
    assertFalse(ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false));
    assertEquals(List.of("removed"), happened);
  }

  @Test
  void shouldRemoveWhatItLeavesWhenItDoesNotStart() {
    List<String> happened = new ArrayList<>();
    ChildJvm process = process("/dev/null/java").leaving(() -> happened.add("removed"));
    assertThrows(UncheckedIOException.class, () -> process.run(ChildJvmTest::fail));
    assertEquals(List.of("removed"), happened);
  }

  private static ChildJvm process(String java) {
    return new ChildJvm(
        "waiting",
        java,
        List.of("-Xmx64m"),
        List.of(System.getProperty("java.class.path")),
        Waiting.class,
        List.of());
  }

  private static boolean fail(String line) {
    throw new UnsupportedOperationException(line);
  }
}
