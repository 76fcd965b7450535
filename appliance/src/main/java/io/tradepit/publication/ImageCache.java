package io.tradepit.publication;

/** The newest image, shared by the clients that ask within a stated time. The server's thread. */
final class ImageCache {
  private final ImageSource source;
  private final long sharedForNs;
  private final long askAgainNs;
  private FeedImage newest;
  private long newestNs;
  private boolean asked;
  private long askedNs;

  /**
   * @param sharedForNs how old an image may be that another client gets
   * @param askAgainNs after which a request that brought nothing is repeated
   */
  ImageCache(ImageSource source, long sharedForNs, long askAgainNs) {
    this.source = source;
    this.sharedForNs = sharedForNs;
    this.askAgainNs = askAgainNs;
  }

  /** An image for a client that came before now, retained for it; null while there is none. */
  FeedImage take(long nowNs) {
    if (newest != null && nowNs - newestNs <= sharedForNs) {
      return newest.retain();
    }
    if (!asked || nowNs - askedNs >= askAgainNs) {
      asked = true;
      askedNs = nowNs;
      source.request();
    }
    return null;
  }

  /** Takes over what the source has, and lets go of what is too old; returns the work count. */
  int onTurn(long nowNs) {
    FeedImage image = source.poll();
    if (image != null) {
      letGo();
      newest = image.retain();
      newestNs = nowNs;
      asked = false;
      return 1;
    }
    if (newest != null && nowNs - newestNs > sharedForNs) {
      letGo();
    }
    return 0;
  }

  /** Whether no image will come any more; the newest may still be taken in its time. */
  boolean isEnded() {
    return source.isEnded();
  }

  private void letGo() {
    if (newest != null) {
      newest.release();
      newest = null;
    }
  }

  void close() {
    letGo();
  }
}
