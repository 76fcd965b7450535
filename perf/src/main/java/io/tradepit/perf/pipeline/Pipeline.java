package io.tradepit.perf.pipeline;

/**
 * A system under an open loop: one thread hands over commands, and each is done when its result was
 * seen by a reader behind the system. It has a public constructor that takes the {@link Workload}
 * and an argument of its own; it is made once for a process, and begun anew for each run.
 */
public interface Pipeline {
  /** What of which version runs on which threads: some words for the result. */
  String version();

  /**
   * Starts with nothing but the users and the orders that fill the book; returns when all these are
   * done. Completions are told of commands behind them only.
   */
  void begin(Completions completions) throws Exception;

  /**
   * Hands over the next command behind those that fill the book.
   *
   * @return false when there is no room now
   */
  boolean offer(int command);

  /**
   * After each burst, on the sending thread: reads results, or waits as the system likes it best.
   *
   * @param sent commands of the burst, 0 while none is due or there is no room
   */
  void idle(int sent);

  /** Matches so far, those of the orders that fill the book in them. */
  long trades();

  /**
   * Ends the run: threads, files and memory.
   *
   * @throws Exception when something in it failed; the process ends, and what is left of files in
   *     the folder it was given is removed by who gave it
   */
  void end() throws Exception;
}
