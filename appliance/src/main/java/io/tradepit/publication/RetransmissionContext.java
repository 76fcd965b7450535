package io.tradepit.publication;

import java.net.InetSocketAddress;
import java.util.Objects;

/** Configuration of the retransmission server: the address is needed, the rest has defaults. */
public final class RetransmissionContext {
  private InetSocketAddress address;
  private int burst = 200;
  private int requestsPerSecond = 2_000;
  private int requesters = 1_024;
  private int requestsPerDutyCycle = 64;
  private int framesPerDutyCycle = 1_024;
  private int maxPayloadBytes = 1_400;

  /** Unicast address and port that requests come to; port 0 = any that is free. Required. */
  public RetransmissionContext address(InetSocketAddress listenAddress) {
    address = listenAddress;
    return this;
  }

  InetSocketAddress address() {
    return address;
  }

  /** Requests that one source may send at once; 1 to 1,000,000, default 200. */
  public RetransmissionContext burst(int requests) {
    burst = requests;
    return this;
  }

  int burst() {
    return burst;
  }

  /** Requests that one source may send a second on and on; 1 to 1,000,000, default 2,000. */
  public RetransmissionContext requestsPerSecond(int requests) {
    requestsPerSecond = requests;
    return this;
  }

  int requestsPerSecond() {
    return requestsPerSecond;
  }

  /** Sources that are kept apart at a time; 1 to 65,536, default 1,024. */
  public RetransmissionContext requesters(int sources) {
    requesters = sources;
    return this;
  }

  int requesters() {
    return requesters;
  }

  /** Requests of all sources together that are read in a duty cycle; default 64. */
  public RetransmissionContext requestsPerDutyCycle(int requests) {
    requestsPerDutyCycle = requests;
    return this;
  }

  int requestsPerDutyCycle() {
    return requestsPerDutyCycle;
  }

  /** Frames of the recording that are read in a duty cycle to answer them; default 1,024. */
  public RetransmissionContext framesPerDutyCycle(int frames) {
    framesPerDutyCycle = frames;
    return this;
  }

  int framesPerDutyCycle() {
    return framesPerDutyCycle;
  }

  /** Largest UDP payload of a reply; that of the publisher, default 1,400; 128 to 65,507. */
  public RetransmissionContext maxPayloadBytes(int bytes) {
    maxPayloadBytes = bytes;
    return this;
  }

  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range; the message names it
   */
  RetransmissionContext conclude() {
    Objects.requireNonNull(address, "address");
    Ranges.require(burst, "burst", 1, 1_000_000);
    Ranges.require(requestsPerSecond, "requestsPerSecond", 1, 1_000_000);
    Ranges.require(requesters, "requesters", 1, 1 << 16);
    Ranges.require(requestsPerDutyCycle, "requestsPerDutyCycle", 1, 1 << 16);
    Ranges.require(framesPerDutyCycle, "framesPerDutyCycle", 1, 1 << 20);
    Ranges.require(maxPayloadBytes, "maxPayloadBytes", 128, 65_507);
    return this;
  }
}
