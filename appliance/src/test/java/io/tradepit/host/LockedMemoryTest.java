package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LockedMemoryTest {
  private static final String MEND =
      ": memory is not locked; allow it by LimitMEMLOCK=infinity in the unit (ulimit -l unlimited)"
          + " or by CAP_IPC_LOCK, or ask for lockMemory=off";
  private static final String ALL_CAPABILITIES = "000001ffffffffff";
  private static final String NO_CAPABILITIES = "0000000000000000";
  private static final long MIB = 1 << 20;

  @TempDir private Path proc;

  @Test
  void shouldLockWhatIsTouchedAndNothingElse() {
    Libc libc = new FfmLibc();
    assumeTrue(libc.mlockall(Libc.MCL_CURRENT | Libc.MCL_ONFAULT) == 0, "needs CAP_IPC_LOCK");
    try {
      LockedMemory.lock(libc);
      assertTrue(LockedMemory.lockedBytes() > MIB);

      long residentBefore = residentBytes();
      try (SparseMemory sparse = SparseMemory.reserve(libc, 512 * MIB)) {
        sparse.buffers(1, 4096)[0].putLong(0, 1);
        long grown = residentBytes() - residentBefore;
        assertTrue(grown < 256 * MIB, "of 512 MiB reserved and one page used, bytes=" + grown);
      }
    } finally {
      assertEquals(0, libc.munlockall());
    }
  }

  @Test
  void shouldRefuseALimitThatWouldEndALaterMapping() throws Exception {
    status(NO_CAPABILITIES, 0);

    assertEquals(
        "host.lockMemory=on RLIMIT_MEMLOCK=8388608 CAP_IPC_LOCK=no" + MEND,
        refusal(new FakeLibc().answer("softLimit" + Libc.RLIMIT_MEMLOCK, 8 * MIB)));
  }

  @Test
  void shouldNameTheErrorWhenTheKernelRefuses() throws Exception {
    status(ALL_CAPABILITIES, 0);

    assertEquals(
        "host.lockMemory=on RLIMIT_MEMLOCK=0 errno=1" + MEND,
        refusal(
            new FakeLibc()
                .answer("softLimit" + Libc.RLIMIT_MEMLOCK, 0)
                .answer("mlockall", -Libc.EPERM)));
  }

  @Test
  void shouldRefuseWhenTheKernelCountsNothingAsLocked() throws Exception {
    status(NO_CAPABILITIES, 0);

    assertEquals(
        "host.lockMemory=on VmLck=0" + MEND,
        refusal(
            new FakeLibc()
                .answer("softLimit" + Libc.RLIMIT_MEMLOCK, Libc.UNLIMITED)
                .answer("mlockall", 0)));
  }

  private String refusal(Libc libc) {
    HostRefusedException refused =
        assertThrows(HostRefusedException.class, () -> LockedMemory.lock(libc, proc));
    assertEquals(HostRefusedException.Kind.LOCK, refused.kind());
    return refused.getMessage();
  }

  private void status(String capabilities, long lockedKb) throws IOException {
    Files.writeString(
        Files.createDirectory(proc.resolve("self")).resolve("status"),
        "VmLck:\t" + lockedKb + " kB\nCapEff:\t" + capabilities + "\n");
  }

  private static long residentBytes() {
    String value = Machine.value(Machine.lines(Path.of("/proc/self/status")), "VmRSS", "0 kB");
    return Long.parseLong(value.substring(0, value.indexOf(' '))) << 10;
  }
}
