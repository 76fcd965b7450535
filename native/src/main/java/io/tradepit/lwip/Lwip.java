package io.tradepit.lwip;

/**
 * TCP over an Ethernet device, past the kernel: lwIP 2.1.3 (its {@code tcp.h}, raw API) behind one
 * call, by the shim {@code lwip.c}.
 *
 * <p>There is one stack a process. {@link #open} and {@link #listen} may be called on any thread as
 * long as it hands the stack over safely; the thread of the first {@link #poll} owns it, and the
 * device, from then on. What is exchanged lies in memory that both sides see, see {@link
 * StackView}; nothing in it is atomic, for the two sides take turns on one thread.
 */
public interface Lwip {
  /**
   * Opens the stack. It touches the device from the first poll on.
   *
   * @param device address of a {@code struct tp_device} ({@code device.h}), which outlives the
   *     stack
   * @throws LwipException when one is open, a value is out of range or memory lacks
   */
  StackView open(long device, StackOptions options);

  /**
   * Listens on a port of the stack's address.
   *
   * @param port 1 to 65535; 0 takes a free one
   * @return the port in fact obtained
   * @throws LwipException when the stack listens already, or memory lacks
   */
  int listen(int port);

  /** Stops listening; connections stay. */
  void unlisten();

  /**
   * One turn: does what the table of work asks for, takes a burst of frames from the device, runs
   * the timers that are due, sends, and leaves in the table of news which connections have some.
   * Allocates nothing, and never blocks unless the device asks the kernel: then it is a call that a
   * safepoint need not wait for.
   *
   * @return frames and connections that there was work for; 0 when there was none
   */
  int poll();

  /**
   * Forgets every connection without a word to its peer, and frees the memory of the view. Does
   * nothing when none is open.
   */
  void close();

  /** The stack, its version and by whose options it was built: {@code lwip-2.1.3-own}. */
  String name();
}
