package io.tradepit.perf.pipeline;

/** Each command is done as it is sent: what sender, clock and machine take. */
public final class NullPipeline implements Pipeline {
  private final long trades;
  private Completions completions;

  /** Every pipeline takes a workload and an argument; this one needs none. */
  public NullPipeline(Workload workload, String argument) {
    trades = workload.trades();
  }

  @Override
  public String version() {
    return "done as it is sent, by the sending thread";
  }

  @Override
  public void begin(Completions ofRun) {
    completions = ofRun;
  }

  @Override
  public boolean offer(int command) {
    completions.onDone();
    return true;
  }

  @Override
  public void idle(int sent) {
    Thread.onSpinWait();
  }

  /** It matches nothing: those that would be right. */
  @Override
  public long trades() {
    return trades;
  }

  @Override
  public void end() {
    // Holds nothing.
  }
}
