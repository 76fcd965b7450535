package io.tradepit.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.aeron.archive.checksum.Checksums;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import io.tradepit.kernel.FfmLibc;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.affinity.Affinity;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.LoggerFactory;

/** Touches every library that asks the JVM for more than it gives by itself. */
public final class SilentStart {
  private SilentStart() {}

  /**
   * @param arguments a directory on a tmpfs, for files that are removed again
   */
  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    touchAgrona();
    touchAeron(directory.resolve("aeron"));
    touchStateStore(directory.resolve("state"));
    System.out.println("clock=" + (new FfmLibc().clockRealtimeNs() > 0));
    System.out.println("affinity=" + !Affinity.getAffinity().isEmpty());
    System.out.println("ioUring=" + said(IoUring.isAvailable(), IoUring.unavailabilityCause()));
    System.out.println("epoll=" + said(Epoll.isAvailable(), Epoll.unavailabilityCause()));
  }

  private static void touchAgrona() {
    UnsafeBuffer buffer =
        new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(BitUtil.CACHE_LINE_LENGTH, BitUtil.CACHE_LINE_LENGTH));
    buffer.putLongRelease(0, 1);
    System.out.println("agrona=" + buffer.compareAndSetLong(0, 1, 2));
    int checksum = Checksums.crc32c().compute(buffer.addressOffset(), 0, Long.BYTES);
    System.out.println("crc32c=" + (checksum != 0));
  }

  private static void touchAeron(Path directory) {
    MediaDriver.Context context =
        new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .threadingMode(ThreadingMode.SHARED)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true);
    try (MediaDriver driver = MediaDriver.launch(context)) {
      System.out.println("aeron=" + driver.aeronDirectoryName().equals(directory.toString()));
    }
  }

  private static void touchStateStore(Path directory) {
    StateStoreContext context =
        new StateStoreContext()
            .directory(directory)
            .pageKind(PageKind.BASE)
            .libc(new FfmLibc())
            .area("books", BitUtil.CACHE_LINE_LENGTH, 1);
    try (StateStore store = StateStore.create(context)) {
      System.out.println("chronicle=" + (store.buffers("books").length == 1));
      store.delete();
    }
  }

  private static String said(boolean isAvailable, Throwable cause) {
    return isAvailable ? "true" : String.valueOf(cause);
  }
}
