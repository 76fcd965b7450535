package io.tradepit.publication;

import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportListener;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Configuration of the GLIMPSE server: set what has no default. */
public final class GlimpseContext {
  private Function<TransportListener, Transport> transport;
  private SpinLogins logins;
  private ImageSource images;
  private long imageSharedForNs = TimeUnit.SECONDS.toNanos(1);
  private long askAgainNs = TimeUnit.SECONDS.toNanos(1);
  private long loginTimeoutNs = TimeUnit.SECONDS.toNanos(5);
  private long spinTimeoutNs = TimeUnit.SECONDS.toNanos(60);
  private long logoutTimeoutNs = TimeUnit.SECONDS.toNanos(5);

  /** Opens the port; its bound on connections is that on clients. Required. */
  public GlimpseContext transport(Function<TransportListener, Transport> opens) {
    transport = opens;
    return this;
  }

  Function<TransportListener, Transport> transport() {
    return transport;
  }

  /** Who may have a snapshot; closed with the server. Required. */
  public GlimpseContext logins(SpinLogins spinLogins) {
    logins = spinLogins;
    return this;
  }

  SpinLogins logins() {
    return logins;
  }

  /** Where images come from. Required. */
  public GlimpseContext images(ImageSource source) {
    images = source;
    return this;
  }

  ImageSource images() {
    return images;
  }

  /** How old an image may be that another client gets; default 1 s. */
  public GlimpseContext imageSharedForNs(long sharedForNs) {
    imageSharedForNs = sharedForNs;
    return this;
  }

  long imageSharedForNs() {
    return imageSharedForNs;
  }

  /** An image that did not come for so long is asked for again; default 1 s. */
  public GlimpseContext askAgainNs(long againNs) {
    askAgainNs = againNs;
    return this;
  }

  long askAgainNs() {
    return askAgainNs;
  }

  /** Time from the connection to a login that was checked; default 5 s. */
  public GlimpseContext loginTimeoutNs(long timeoutNs) {
    loginTimeoutNs = timeoutNs;
    return this;
  }

  long loginTimeoutNs() {
    return loginTimeoutNs;
  }

  /** Time from the login to the last byte of the spin; default 60 s. */
  public GlimpseContext spinTimeoutNs(long timeoutNs) {
    spinTimeoutNs = timeoutNs;
    return this;
  }

  long spinTimeoutNs() {
    return spinTimeoutNs;
  }

  /** Time that a client has to log out when its spin is complete; default 5 s. */
  public GlimpseContext logoutTimeoutNs(long timeoutNs) {
    logoutTimeoutNs = timeoutNs;
    return this;
  }

  long logoutTimeoutNs() {
    return logoutTimeoutNs;
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range; the message names it
   */
  GlimpseContext conclude() {
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(logins, "logins");
    Objects.requireNonNull(images, "images");
    Ranges.require(imageSharedForNs, "imageSharedForNs", 0, Long.MAX_VALUE);
    Ranges.require(askAgainNs, "askAgainNs", 1, Long.MAX_VALUE);
    Ranges.require(loginTimeoutNs, "loginTimeoutNs", 1, Long.MAX_VALUE);
    Ranges.require(spinTimeoutNs, "spinTimeoutNs", 1, Long.MAX_VALUE);
    Ranges.require(logoutTimeoutNs, "logoutTimeoutNs", 0, Long.MAX_VALUE);
    return this;
  }
}
