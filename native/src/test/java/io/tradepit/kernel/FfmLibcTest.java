package io.tradepit.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FfmLibcTest {
  private static final long PAGE_BYTES = 4096;
  private static final int EBADF = 9;
  private static final String RECEIVE_ONE_DATAGRAM =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1].replace('@', chr(0), 1))
      s.settimeout(20)
      print('bound', flush=True)
      sys.stdout.buffer.write(s.recv(4096))
      """;

  private final Libc libc = new FfmLibc();

  @Test
  void shouldReadTheClockThatTheJdkReads() {
    long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    long read = libc.clockRealtimeNs();
    long after = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 1);

    assertTrue(before <= read && read <= after, before + " <= " + read + " <= " + after);
  }

  @Test
  void shouldReadHowFarTaiIsAhead() {
    double seconds = (libc.clockTaiNs() - libc.clockRealtimeNs()) / 1e9;

    // 0 where nobody told the kernel.
    assertEquals((double) Math.round(seconds), seconds, 0.1);
    assertTrue(seconds > -1 && seconds < 60, "seconds=" + seconds);
  }

  @Test
  void shouldNotMixTimesWhenTwoThreadsReadOneInstance() throws InterruptedException {
    AtomicBoolean wentFarOff = new AtomicBoolean();
    Runnable read =
        () -> {
          long previous = libc.clockRealtimeNs();
          for (int i = 0; i < 2_000_000; i++) {
            long now = libc.clockRealtimeNs();
            // Seconds of one thread with nanoseconds of the other would step by most of a second.
            if (now < previous - 500_000_000L) {
              wentFarOff.set(true);
            }
            previous = now;
          }
        };
    Thread other = new Thread(read, "other-reader");
    other.start();
    read.run();
    other.join();

    assertEquals(false, wentFarOff.get());
  }

  @Test
  void shouldPopulateMemoryWhenAdvised() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(16 * PAGE_BYTES, PAGE_BYTES);

      assertEquals(0, libc.madvise(memory.address(), memory.byteSize(), Libc.MADV_POPULATE_WRITE));
    }
  }

  @Test
  void shouldReturnTheErrorNumberWhenAdviceIsRefused() {
    assertEquals(-Libc.EINVAL, libc.madvise(1, PAGE_BYTES, Libc.MADV_POPULATE_WRITE));
    assertEquals(-Libc.ENOMEM, libc.madvise(PAGE_BYTES, PAGE_BYTES, Libc.MADV_POPULATE_WRITE));
  }

  @Test
  void shouldSeeItsWritesInTheFileWhenAFileIsMapped(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("mapped"), new byte[(int) PAGE_BYTES]);
    int fileDescriptor = libc.open(file.toString(), Libc.O_RDWR | Libc.O_CLOEXEC);
    assertTrue(fileDescriptor > 0);

    long address =
        libc.mmap(
            0, PAGE_BYTES, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, fileDescriptor, 0);
    assertTrue(address > 0);
    bytesAt(address).set(ValueLayout.JAVA_LONG, 8, 0x0102030405060708L);

    assertEquals(0, libc.close(fileDescriptor));
    assertEquals(0, libc.munmap(address, PAGE_BYTES));
    byte[] content = Files.readAllBytes(file);
    assertEquals(8, content[8]);
    assertEquals(1, content[15]);
  }

  @Test
  void shouldReturnTheErrorNumberWhenAFileCannotBeMapped(@TempDir Path directory) {
    assertEquals(-Libc.ENOENT, libc.open(directory.resolve("nothing").toString(), Libc.O_RDWR));
    assertEquals(-EBADF, libc.mmap(0, PAGE_BYTES, Libc.PROT_READ, Libc.MAP_SHARED, -1, 0));
    assertEquals(-Libc.EINVAL, libc.munmap(1, PAGE_BYTES));
    assertEquals(-EBADF, libc.close(-1));
  }

  @SuppressWarnings("restricted")
  private static MemorySegment bytesAt(long address) {
    return MemorySegment.ofAddress(address).reinterpret(PAGE_BYTES);
  }

  @Test
  void shouldNotifyASocketInTheFileSystem(@TempDir Path directory) throws Exception {
    assertEquals("READY=1\nSTATUS=läuft", received(directory.resolve("notify").toString()));
  }

  @Test
  void shouldNotifyAnAbstractSocket() throws Exception {
    assertEquals(
        "READY=1\nSTATUS=läuft", received("@tradepit-test-" + ProcessHandle.current().pid()));
  }

  @Test
  void shouldReturnTheErrorNumberWhenNoOneCanBeNotified(@TempDir Path directory) {
    assertEquals(-Libc.ENOENT, libc.notify(directory.resolve("nothing").toString(), "READY=1"));
    assertEquals(-Libc.ECONNREFUSED, libc.notify("@tradepit-test-no-one", "READY=1"));
    assertEquals(-Libc.EINVAL, libc.notify("relative", "READY=1"));
    assertEquals(-Libc.EINVAL, libc.notify("", "READY=1"));
    assertEquals(-Libc.ENAMETOOLONG, libc.notify("/" + "x".repeat(107), "READY=1"));
    assertEquals(-Libc.ENOENT, libc.notify("/" + "x".repeat(106), "READY=1"));
  }

  private String received(String socketPath) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is the other end");
    Process receiver =
        new ProcessBuilder("/usr/bin/python3", "-c", RECEIVE_ONE_DATAGRAM, socketPath)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = receiver.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("bound", output.readLine());
      assertEquals(0, libc.notify(socketPath, "READY=1\nSTATUS=läuft"));
      return String.join("\n", output.lines().toList());
    } finally {
      receiver.destroy();
    }
  }
}
