package io.tradepit.journal;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.status.CountersReader;

/** The embedded media driver and archive, and their clients. */
final class ArchiveHost implements AutoCloseable {
  /** The largest that Aeron allows on IPC, so that 64 KiB less headers is one fragment. */
  static final int MTU_LENGTH = 65504;

  private static final long UNTETHERED_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(50);
  // Every client is a thread of this process and lives as long as it. Aeron's own limit, 10 s,
  // would
  // end the archive's client while a start replays a long day or clears much memory.
  private static final long CLIENT_LIVENESS_NS = TimeUnit.HOURS.toNanos(1);
  private static final long DRIVER_TIMER_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CLIENT_SLEEP_MS = 16;
  private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final JournalContext context;
  private final ArchivingMediaDriver driver;
  private final Aeron aeron;
  private final AeronArchive client;

  /** Launches everything; what was launched is closed again when a later part fails. */
  ArchiveHost(JournalContext context, IdleStrategy recorderIdle, RecorderFault fault) {
    this.context = context;
    refuseLiveDriver(context.aeronDirectory());
    IoUtil.deleteIfExists(new File(context.archiveDirectory(), "archive-mark.dat"));
    driver =
        ArchivingMediaDriver.launch(
            driverContext(context), archiveContext(context, recorderIdle, fault));
    Aeron launchedAeron = null;
    try {
      launchedAeron = Aeron.connect(clientContext(context));
      aeron = launchedAeron;
      client = AeronArchive.connect(archiveClientContext());
    } catch (RuntimeException e) {
      CloseHelper.quietCloseAll(launchedAeron, driver);
      throw e;
    }
  }

  // The driver's own check goes by a heartbeat, which refuses a restart for 10 s after a kill.
  private static void refuseLiveDriver(File directory) {
    File file = new File(directory, CncFileDescriptor.CNC_FILE);
    if (file.length() < CncFileDescriptor.META_DATA_LENGTH) {
      return;
    }
    ByteBuffer bytes = IoUtil.mapExistingFile(file, "cnc");
    try {
      long pid = CncFileDescriptor.pid(CncFileDescriptor.createMetaDataBuffer(bytes));
      boolean isBeating =
          CommonContext.isDriverActive(directory, TimeUnit.SECONDS.toMillis(10), line -> {});
      if (isBeating && ProcessHandle.of(pid).isPresent()) {
        throw new DirectoryInUseException(
            "aeronDirectory=" + directory + " is in use by a running media driver: pid=" + pid);
      }
    } finally {
      BufferUtil.free(bytes);
    }
  }

  private static MediaDriver.Context driverContext(JournalContext context) {
    return new MediaDriver.Context()
        .aeronDirectoryName(context.aeronDirectory().getPath())
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .warnIfDirectoryExists(false)
        .threadingMode(ThreadingMode.SHARED)
        .sharedThreadFactory(context.mediaThreadFactory())
        .sharedIdleStrategy(context.mediaIdleStrategy())
        .termBufferSparseFile(false)
        .ipcMtuLength(MTU_LENGTH)
        .timerIntervalNs(DRIVER_TIMER_INTERVAL_NS)
        .clientLivenessTimeoutNs(CLIENT_LIVENESS_NS)
        .publicationUnblockTimeoutNs(2 * CLIENT_LIVENESS_NS)
        .untetheredWindowLimitTimeoutNs(UNTETHERED_TIMEOUT_NS)
        .untetheredLingerTimeoutNs(UNTETHERED_TIMEOUT_NS)
        .untetheredRestingTimeoutNs(UNTETHERED_TIMEOUT_NS)
        .errorHandler(context.errorHandler());
  }

  private static Archive.Context archiveContext(
      JournalContext context, IdleStrategy recorderIdle, RecorderFault fault) {
    int syncLevel = context.durability().fileSyncLevel();
    return new Archive.Context()
        .aeronDirectoryName(context.aeronDirectory().getPath())
        .archiveDir(context.archiveDirectory())
        // Mapped, and written when there is an error to note: on a full disk that would end the
        // thread that reports that the disk is full.
        .markFileDir(context.aeronDirectory())
        .threadingMode(context.recorderThreading())
        .threadFactory(watched(context.recorderThreadFactory(), fault))
        .recorderThreadFactory(watched(JournalContext.named("tp-recorder"), fault))
        .replayerThreadFactory(JournalContext.named("tp-replayer"))
        .idleStrategySupplier(() ->
            context.recorderThreading() == ArchiveThreadingMode.DEDICATED
                ? context.mediaIdleStrategy()
                : recorderIdle)
        .recorderIdleStrategySupplier(() -> recorderIdle)
        .replayerIdleStrategySupplier(ArchiveHost::backoff)
        .fileSyncLevel(syncLevel)
        .catalogFileSyncLevel(syncLevel)
        .recordChecksum(Checksums.crc32c())
        .replayChecksum(Checksums.crc32c())
        .segmentFileLength(context.segmentFileLength())
        .controlChannelEnabled(false)
        .archiveClientContext(
            new AeronArchive.Context()
                .controlRequestChannel(CommonContext.IPC_CHANNEL)
                .controlResponseChannel(CommonContext.IPC_CHANNEL))
        .recordingEventsEnabled(false)
        .replicationChannel("aeron:udp?endpoint=localhost:0")
        .errorHandler(fault);
  }

  private static Aeron.Context clientContext(JournalContext context) {
    return new Aeron.Context()
        .aeronDirectoryName(context.aeronDirectory().getPath())
        .threadFactory(JournalContext.named("tp-aeron"))
        .awaitingIdleStrategy(YieldingIdleStrategy.INSTANCE)
        .idleStrategy(new SleepingMillisIdleStrategy(CLIENT_SLEEP_MS))
        .errorHandler(context.errorHandler())
        // What a handler throws must reach the agent that polls.
        .subscriberErrorHandler(LangUtil::rethrowUnchecked);
  }

  private static IdleStrategy backoff() {
    return new BackoffIdleStrategy(1, 1, MIN_PARK_NS, MAX_PARK_NS);
  }

  private AeronArchive.Context archiveClientContext() {
    return new AeronArchive.Context()
        .aeron(aeron)
        .ownsAeronClient(false)
        .messageTimeoutNs(context.openTimeoutNs())
        .controlRequestChannel(CommonContext.IPC_CHANNEL)
        .controlRequestStreamId(driver.archive().context().localControlStreamId())
        .controlResponseChannel(CommonContext.IPC_CHANNEL)
        .agentInvoker(driver.archive().invoker())
        .errorHandler(context.errorHandler());
  }

  // A thread that dies of an error of the JVM tells no error handler.
  private static ThreadFactory watched(ThreadFactory threads, RecorderFault fault) {
    return work ->
        threads.newThread(() -> {
          try {
            work.run();
          } catch (Throwable died) {
            fault.fail(Thread.currentThread().getName() + " died: " + died);
            throw died;
          }
        });
  }

  Aeron aeron() {
    return aeron;
  }

  /**
   * The driver's counters. Its mapping outlives the archive's thread, whose idle strategy reads
   * them; that of our client does not.
   */
  CountersReader counters() {
    return driver.mediaDriver().context().countersManager();
  }

  AeronArchive client() {
    return client;
  }

  /** The archive's duty cycle when it has no thread; else null. */
  AgentInvoker invoker() {
    return driver.archive().invoker();
  }

  /** Waits while the segment is opened or closed, and drives the archive if it has no thread. */
  boolean await(BooleanSupplier condition, long timeoutNs) {
    long deadlineNs = System.nanoTime() + timeoutNs;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        return false;
      }
      if (invoker() != null) {
        invoker().invoke();
      }
      YieldingIdleStrategy.INSTANCE.idle();
    }
    return true;
  }

  void requireInTime(BooleanSupplier condition, String what) {
    if (!await(condition, context.openTimeoutNs())) {
      throw new IllegalStateException(
          "journal can't be opened: waitedFor=" + what + " forNs=" + context.openTimeoutNs());
    }
  }

  @Override
  public void close() {
    CloseHelper.closeAll(client, aeron, driver);
  }
}
