package io.tradepit.publication;

import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;

/**
 * Hands images from the thread that has a state of the market to the thread of the GLIMPSE server.
 *
 * <p>The producer's side, between two commands:
 *
 * <pre>{@code
 * if (images.takeRequest()) {
 *   snapshot.begin();
 *   while (!snapshot.isComplete()) {
 *     snapshot.write(images::onMessage, Integer.MAX_VALUE);
 *   }
 * }
 * }</pre>
 *
 * The producer may also do other things between two calls of {@code write}. Its thread allocates a
 * chunk for each 256 KiB of an image that no earlier one left, and an object for each image.
 */
public final class ImageExchange implements ImageSource {
  private final FeedImageEncoder encoder;
  private final AtomicReference<FeedImage> ready = new AtomicReference<>();
  private volatile boolean requested;
  private volatile long givenUp;
  private volatile boolean ended;

  /**
   * @param maxImageBytes of all images together that are made or sent at a time; an image that
   *     would need more is given up and counted; the server asks again
   */
  public ImageExchange(long maxImageBytes) {
    encoder = new FeedImageEncoder(new ImageMemory(maxImageBytes));
  }

  /** Whether an image is wanted; true once for a request. For the producer. */
  public boolean takeRequest() {
    boolean wanted = requested;
    if (wanted) {
      requested = false;
    }
    return wanted;
  }

  /** Images that were given up for want of memory; any thread. */
  public long givenUp() {
    return givenUp;
  }

  /**
   * Takes a message of a snapshot (schema: templates 201 to 206), in the order of the writer. With
   * the last one the image is complete. For the producer.
   *
   * @param offset of the SBE header
   * @return true
   */
  public boolean onMessage(DirectBuffer buffer, int offset, int length) {
    FeedImage image = encoder.onMessage(buffer, offset, length);
    givenUp = encoder.givenUp();
    if (image != null) {
      // Pairs with poll: an image behind one that was not fetched takes its place.
      FeedImage unfetched = ready.getAndSet(image);
      if (unfetched != null) {
        encoder.discard(unfetched);
      }
    }
    return true;
  }

  /** Says that no image will come any more. For the producer. */
  public void end() {
    ended = true;
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public void request() {
    requested = true;
  }

  @Override
  public FeedImage poll() {
    return ready.get() == null ? null : ready.getAndSet(null);
  }
}
