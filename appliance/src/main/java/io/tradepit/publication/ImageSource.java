package io.tradepit.publication;

/**
 * Where images of the books come from: someone who has the matching state of a moment. The methods
 * are called on the thread of the server; none waits.
 */
public interface ImageSource {
  /** Asks for an image of a moment from now on. Asked again before it came, it stays one. */
  void request();

  /**
   * The image that was asked for; the caller owns it.
   *
   * @return null while there is none
   */
  FeedImage poll();

  /** Whether no image will come any more. */
  boolean isEnded();
}
