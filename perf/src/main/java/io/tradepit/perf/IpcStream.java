package io.tradepit.perf;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.tradepit.stream.LogFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron without the recorder: IPC publications and their images with the channel, term length and
 * MTU that {@code journal.Journal} opens the log with. Driver and client have no threads; whoever
 * offers turns them by {@link #idle}, so that what they do is in the time and nobody is in the way.
 */
final class IpcStream implements AutoCloseable {
  private static final int TERM_LENGTH = 16 << 20;
  private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(10);
  private static final int OFFERS_BETWEEN_TURNS = 1_024;

  private final ShmDirectory directory = new ShmDirectory();
  private final MediaDriver driver;
  private final Aeron aeron;
  private final UnsafeBuffer header =
      new UnsafeBuffer(ByteBuffer.allocateDirect(LogFrame.HEADER_LENGTH));
  private int offers;

  IpcStream() {
    String files = directory.resolve("aeron").toString();
    driver =
        MediaDriver.launch(
            new MediaDriver.Context()
                .aeronDirectoryName(files)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.INVOKER)
                .termBufferSparseFile(false)
                .ipcMtuLength(Configuration.MAX_UDP_PAYLOAD_LENGTH));
    aeron =
        Aeron.connect(
            new Aeron.Context()
                .aeronDirectoryName(files)
                .driverAgentInvoker(driver.sharedAgentInvoker())
                .useConductorAgentInvoker(true));
  }

  /** A publication and the only image of it. */
  record Line(ExclusivePublication publication, Image image) {
    /** Hands over at most one frame; returns how many. */
    int poll(ControlledFragmentHandler handler) {
      return image.boundedControlledPoll(handler, Long.MAX_VALUE, 1);
    }
  }

  Line open(int streamId) {
    String channel =
        new ChannelUriStringBuilder()
            .media(CommonContext.IPC_MEDIA)
            .termLength(TERM_LENGTH)
            .mtu(Configuration.MAX_UDP_PAYLOAD_LENGTH)
            .build();
    ExclusivePublication publication = aeron.addExclusivePublication(channel, streamId);
    Subscription subscription = aeron.addSubscription(CommonContext.IPC_CHANNEL, streamId);
    long endNs = System.nanoTime() + LONGEST_WAIT_NS;
    while (!publication.isConnected() || subscription.imageCount() == 0) {
      idle();
      if (System.nanoTime() > endNs) {
        throw new IllegalStateException("streamId=" + streamId + " connected=no");
      }
    }
    return new Line(publication, subscription.imageAtIndex(0));
  }

  /** One turn of client and driver. */
  void idle() {
    aeron.conductorAgentInvoker().invoke();
    driver.sharedAgentInvoker().invoke();
  }

  /**
   * Offers a frame as {@code journal.AeronLog} does, until it is taken.
   *
   * @throws IllegalStateException when it is not, for ten seconds
   */
  void offer(Line line, SampleCommand command) {
    offers++;
    if (offers % OFFERS_BETWEEN_TURNS == 0) {
      idle();
    }
    long position = tryOffer(line, command);
    if (position < 0) {
      offerAgain(line, command, position);
    }
  }

  private void offerAgain(Line line, SampleCommand command, long refused) {
    long endNs = System.nanoTime() + LONGEST_WAIT_NS;
    long position = refused;
    while (position < 0) {
      boolean isWaiting =
          position == Publication.ADMIN_ACTION || position == Publication.BACK_PRESSURED;
      if (!isWaiting || System.nanoTime() > endNs) {
        throw new IllegalStateException("position=" + Publication.errorString(position));
      }
      idle();
      position = tryOffer(line, command);
    }
  }

  /** For another thread than that of {@link #idle}; returns the position or why not. */
  long tryOffer(Line line, SampleCommand command) {
    return line.publication.offer(
        header, 0, LogFrame.HEADER_LENGTH, command.bytes, 0, command.length, null);
  }

  @Override
  public void close() {
    CloseHelper.closeAll(aeron, driver, directory);
  }
}
