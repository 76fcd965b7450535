package io.tradepit.perf;

import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.tradepit.journal.Durability;
import io.tradepit.journal.Journal;
import io.tradepit.journal.JournalContext;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHandler;
import java.nio.ByteBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The log under an Enter Order: a frame of 152 bytes, header and command offered from two buffers.
 * Sequencer and matcher are not in it. Frames lie in /dev/shm, as a segment's do; terms of 16 MiB
 * are gone through again and again, so they are in no near cache.
 */
public class AeronBenchmark extends OneThreadBenchmark {
  private static final int THERE = 1;
  private static final int BACK = 2;

  /** Of the recorder for one frame; some seconds. */
  private static final int MOST_TURNS = 10_000_000;

  /** Less than 13 MB of frames. */
  private static final int FRAMES_BETWEEN_LOOKS = 1 << 16;

  private static final long LEAST_ROOM = 256L << 20;

  private static ControlledFragmentHandler checking(SampleCommand command) {
    return (buffer, offset, length, header) -> {
      command.requireLength(length - LogFrame.HEADER_LENGTH);
      return Action.CONTINUE;
    };
  }

  /** Publication and image alone, nobody records. */
  @State(Scope.Thread)
  public static class Ipc {
    private final SampleCommand command = new SampleCommand();
    private final ControlledFragmentHandler handler = checking(command);
    private IpcStream stream;
    private IpcStream.Line line;

    /** Not in the time. */
    @Setup(Level.Trial)
    public void open() {
      stream = new IpcStream();
      line = stream.open(THERE);
    }

    /** Not in the time. */
    @TearDown(Level.Trial)
    public void close() {
      stream.close();
    }
  }

  /** Two of them; a second thread sends back what it polls. */
  @State(Scope.Thread)
  public static class ThereAndBack {
    private final SampleCommand command = new SampleCommand();
    private final ControlledFragmentHandler handler = checking(command);
    private IpcStream stream;
    private IpcStream.Line there;
    private IpcStream.Line back;
    private SecondThread echo;

    /** Not in the time. */
    @Setup(Level.Trial)
    public void open() {
      stream = new IpcStream();
      there = stream.open(THERE);
      back = stream.open(BACK);
      ControlledFragmentHandler returned =
          (buffer, offset, length, header) ->
              stream.tryOffer(back, command) > 0 ? Action.CONTINUE : Action.ABORT;
      echo = new SecondThread(() -> there.poll(returned));
    }

    /** Not in the time. */
    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
      echo.end();
      stream.close();
    }

    int roundTrip() {
      stream.offer(there, command);
      int received = back.poll(handler);
      while (received == 0) {
        echo.requireRunning();
        Thread.onSpinWait();
        received = back.poll(handler);
      }
      return received;
    }
  }

  /** The product's log, recorded in /dev/shm, the recorder on the same thread. */
  @State(Scope.Thread)
  public static class Recorded {
    private final SampleCommand command = new SampleCommand();
    private final UnsafeBuffer header =
        new UnsafeBuffer(ByteBuffer.allocateDirect(LogFrame.HEADER_LENGTH));
    private final LogHandler handler =
        (buffer, offset, length) -> {
          command.requireLength(length - LogFrame.HEADER_LENGTH);
          return true;
        };
    private ShmDirectory directory;
    private Journal journal;
    private Agent recorder;
    private int turns;
    private int frames;

    /** Not in the time. */
    @Setup(Level.Iteration)
    public void open() {
      directory = new ShmDirectory();
      journal =
          Journal.open(
              new JournalContext()
                  .aeronDirectory(directory.resolve("aeron").toFile())
                  .archiveDirectory(directory.resolve("archive").toFile())
                  .durability(Durability.RECORDED)
                  .recorderThreading(ArchiveThreadingMode.INVOKER)
                  .errorHandler(Throwable::printStackTrace));
      recorder = journal.recorder();
    }

    /** What was recorded is a file in memory: it goes after each iteration. Not in the time. */
    @TearDown(Level.Iteration)
    public void close() {
      journal.close();
      directory.close();
    }

    int through() throws Exception {
      turns = 0;
      if (frames++ % FRAMES_BETWEEN_LOOKS == 0) {
        directory.requireRoom(LEAST_ROOM);
      }
      while (journal.log().offer(header, 0, header.capacity(), command.bytes, 0, command.length)
          < 0) {
        turnRecorder();
      }
      int taken = 0;
      while (taken == 0) {
        turnRecorder();
        taken = journal.log().poll(handler, 1);
      }
      return taken;
    }

    private void turnRecorder() throws Exception {
      if (++turns > MOST_TURNS) {
        throw new IllegalStateException("turns of the recorder=" + turns + " frame=waits");
      }
      recorder.doWork();
    }
  }

  /** Offered and polled on one thread; a turn of driver and client every 1,024 offers. */
  @Benchmark
  public int offerAndPoll(Ipc ipc) {
    ipc.stream.offer(ipc.line, ipc.command);
    int taken = ipc.line.poll(ipc.handler);
    if (taken == 0) { // the padding at the end of a term is skipped by a poll of its own
      taken = ipc.line.poll(ipc.handler);
    }
    if (taken != 1) {
      throw new IllegalStateException("offered=1 polled=" + taken);
    }
    return taken;
  }

  /** To another thread and, on a stream of its own, back; both spin, one in flight. */
  @Benchmark
  public int roundTrip(ThereAndBack lines) {
    return lines.roundTrip();
  }

  /** As {@link #offerAndPoll}, and recorded between the two: copied, checksummed, released. */
  @Benchmark
  public int offerRecordAndPoll(Recorded log) throws Exception {
    return log.through();
  }
}
