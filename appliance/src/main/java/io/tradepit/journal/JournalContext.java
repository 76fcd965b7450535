package io.tradepit.journal;

import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.logbuffer.LogBufferDescriptor;
import java.io.File;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Configuration of a {@link Journal}. Lengths are in bytes. */
public final class JournalContext implements Cloneable {
  private static final int MIN_TERM_LENGTH = 1 << 20;

  private File aeronDirectory;
  private File archiveDirectory;
  private Durability durability;
  private boolean newDay;
  private int logTermLength = 16 << 20;
  private int eventTermLength = 16 << 20;
  private int segmentFileLength = 64 << 20;
  private ArchiveThreadingMode recorderThreading = ArchiveThreadingMode.SHARED;
  private long recorderMaxParkNs = TimeUnit.MICROSECONDS.toNanos(50);
  private IdleStrategy recorderIdleStrategy;
  private ThreadFactory recorderThreadFactory = named("tp-archive");
  private ThreadFactory mediaThreadFactory = named("tp-media");
  private IdleStrategy mediaIdleStrategy =
      new BackoffIdleStrategy(
          1, 1, TimeUnit.MICROSECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(1));
  private long stallTimeoutNs = TimeUnit.SECONDS.toNanos(2);
  private long openTimeoutNs = TimeUnit.SECONDS.toNanos(10);
  private boolean zerosAhead;
  private ErrorHandler errorHandler;

  /**
   * Checks the values.
   *
   * @return a copy that later changes do not touch
   * @throws IllegalArgumentException which names the value and what is allowed
   */
  public JournalContext conclude() {
    Objects.requireNonNull(aeronDirectory, "aeronDirectory=null");
    Objects.requireNonNull(archiveDirectory, "archiveDirectory=null");
    Objects.requireNonNull(durability, "durability=null");
    Objects.requireNonNull(errorHandler, "errorHandler=null");
    checkTermLength("logTermLength", logTermLength);
    checkTermLength("eventTermLength", eventTermLength);
    require(
        BitUtil.isPowerOfTwo(segmentFileLength)
            && segmentFileLength >= Math.max(logTermLength, eventTermLength),
        "segmentFileLength",
        segmentFileLength,
        "a power of two, at least a term");
    require(stallTimeoutNs > 0, "stallTimeoutNs", stallTimeoutNs, "above 0");
    require(openTimeoutNs > 0, "openTimeoutNs", openTimeoutNs, "above 0");
    require(recorderMaxParkNs > 0, "recorderMaxParkNs", recorderMaxParkNs, "above 0");
    try {
      return (JournalContext) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static void checkTermLength(String name, int length) {
    require(
        BitUtil.isPowerOfTwo(length)
            && length >= MIN_TERM_LENGTH
            && length <= LogBufferDescriptor.TERM_MAX_LENGTH,
        name,
        length,
        "a power of two from " + MIN_TERM_LENGTH);
  }

  private static void require(boolean ok, String name, long value, String allowed) {
    if (!ok) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=" + allowed);
    }
  }

  /** Directory of the live buffers, on a memory file system; deleted at start and at the end. */
  public JournalContext aeronDirectory(File directory) {
    aeronDirectory = directory;
    return this;
  }

  public File aeronDirectory() {
    return aeronDirectory;
  }

  /** Directory of the recordings, on a disk. */
  public JournalContext archiveDirectory(File directory) {
    archiveDirectory = directory;
    return this;
  }

  public File archiveDirectory() {
    return archiveDirectory;
  }

  /** What a released command survives; there is no default. */
  public JournalContext durability(Durability policy) {
    durability = policy;
    return this;
  }

  public Durability durability() {
    return durability;
  }

  /** Whether to begin a new day; false (the default) goes on with the newest one, if any. */
  public JournalContext newDay(boolean begin) {
    newDay = begin;
    return this;
  }

  public boolean newDay() {
    return newDay;
  }

  /** A third of the live buffer of the log; half of it is the window that readers may lag. */
  public JournalContext logTermLength(int lengthBytes) {
    logTermLength = lengthBytes;
    return this;
  }

  public int logTermLength() {
    return logTermLength;
  }

  /** A third of the live buffer of the event stream; half of it is the window. */
  public JournalContext eventTermLength(int lengthBytes) {
    eventTermLength = lengthBytes;
    return this;
  }

  public int eventTermLength() {
    return eventTermLength;
  }

  /** Length of each file of a recording. */
  public JournalContext segmentFileLength(int lengthBytes) {
    segmentFileLength = lengthBytes;
    return this;
  }

  public int segmentFileLength() {
    return segmentFileLength;
  }

  /**
   * SHARED: one thread, {@code tp-archive}, records and serves requests. DEDICATED: {@code
   * tp-recorder} only records. INVOKER: no thread, the owner drives {@link Journal#recorder()}.
   */
  public JournalContext recorderThreading(ArchiveThreadingMode mode) {
    recorderThreading = mode;
    return this;
  }

  public ArchiveThreadingMode recorderThreading() {
    return recorderThreading;
  }

  /** The longest sleep of the recorder when there is nothing to record. */
  public JournalContext recorderMaxParkNs(long parkNs) {
    recorderMaxParkNs = parkNs;
    return this;
  }

  public long recorderMaxParkNs() {
    return recorderMaxParkNs;
  }

  /**
   * How the recorder idles; null (the default) is a {@link RecorderIdleStrategy}, which sleeps only
   * when everything is recorded.
   */
  public JournalContext recorderIdleStrategy(IdleStrategy strategy) {
    recorderIdleStrategy = strategy;
    return this;
  }

  public IdleStrategy recorderIdleStrategy() {
    return recorderIdleStrategy;
  }

  /**
   * Makes the recorder's thread, {@code tp-archive} by default, when it has one: it runs what it is
   * given, after anything of its own.
   */
  public JournalContext recorderThreadFactory(ThreadFactory factory) {
    recorderThreadFactory = factory;
    return this;
  }

  public ThreadFactory recorderThreadFactory() {
    return recorderThreadFactory;
  }

  /** Makes the media driver's thread, {@code tp-media} by default, as the recorder's is made. */
  public JournalContext mediaThreadFactory(ThreadFactory factory) {
    mediaThreadFactory = factory;
    return this;
  }

  public ThreadFactory mediaThreadFactory() {
    return mediaThreadFactory;
  }

  /** Makes threads with a name that fits into top -H; Aeron names them by role before the start. */
  static ThreadFactory named(String name) {
    return work ->
        new Thread(() -> {
          Thread.currentThread().setName(name);
          work.run();
        });
  }

  /** How the media driver idles; it moves the flow-control limits only. */
  public JournalContext mediaIdleStrategy(IdleStrategy strategy) {
    mediaIdleStrategy = strategy;
    return this;
  }

  public IdleStrategy mediaIdleStrategy() {
    return mediaIdleStrategy;
  }

  /** How long the recording may stand still while unrecorded bytes exist. */
  public JournalContext stallTimeoutNs(long timeoutNs) {
    stallTimeoutNs = timeoutNs;
    return this;
  }

  public long stallTimeoutNs() {
    return stallTimeoutNs;
  }

  /**
   * Whether zeros are written ahead of a recording that is flushed: a flush is sooner done, but
   * each byte is written twice, which costs the highest rate. Default false; under {@link
   * Durability#RECORDED} nothing is.
   */
  public JournalContext zerosAhead(boolean ahead) {
    zerosAhead = ahead;
    return this;
  }

  public boolean zerosAhead() {
    return zerosAhead;
  }

  /** How long each step of opening may take. */
  public JournalContext openTimeoutNs(long timeoutNs) {
    openTimeoutNs = timeoutNs;
    return this;
  }

  public long openTimeoutNs() {
    return openTimeoutNs;
  }

  /** Takes errors of Aeron's threads; on any of them. */
  public JournalContext errorHandler(ErrorHandler handler) {
    errorHandler = handler;
    return this;
  }

  public ErrorHandler errorHandler() {
    return errorHandler;
  }
}
