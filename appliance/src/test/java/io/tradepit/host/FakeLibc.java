package io.tradepit.host;

import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;

/** The C library, whose answers to some calls a test decides; to the others it answers truly. */
public final class FakeLibc implements Libc {
  private final Libc libc = new FfmLibc();
  private final Map<String, Long> fixed = new HashMap<>();
  private int refusedAdvice;
  private final Queue<Integer> adviceAnswers = new ArrayDeque<>();

  public FakeLibc() {}

  /** Answers the advice with these in turn, then truly. */
  FakeLibc(int refusedAdvice, int... answers) {
    this.refusedAdvice = refusedAdvice;
    for (int answer : answers) {
      adviceAnswers.add(answer);
    }
  }

  /**
   * Answers every call with this and does nothing.
   *
   * @param call name of the method; of {@code softLimit} with the number of the limit behind it
   */
  public FakeLibc answer(String call, long answer) {
    fixed.put(call, answer);
    return this;
  }

  private long answer(String call, LongSupplier truth) {
    Long answer = fixed.get(call);
    return answer == null ? truth.getAsLong() : answer;
  }

  @Override
  public int madvise(long address, long lengthBytes, int advice) {
    if (advice == refusedAdvice && !adviceAnswers.isEmpty()) {
      return adviceAnswers.remove();
    }
    return libc.madvise(address, lengthBytes, advice);
  }

  @Override
  public int setThreadNice(int nice) {
    return libc.setThreadNice(nice);
  }

  @Override
  public int setThreadPolicy(int policy, int priority) {
    return (int) answer("setThreadPolicy", () -> libc.setThreadPolicy(policy, priority));
  }

  @Override
  public int threadPolicy() {
    return (int) answer("threadPolicy", libc::threadPolicy);
  }

  @Override
  public int threadPriority() {
    return (int) answer("threadPriority", libc::threadPriority);
  }

  @Override
  public long softLimit(int resource) {
    return answer("softLimit" + resource, () -> libc.softLimit(resource));
  }

  @Override
  public int mlockall(int flags) {
    return (int) answer("mlockall", () -> libc.mlockall(flags));
  }

  @Override
  public int munlockall() {
    return (int) answer("munlockall", libc::munlockall);
  }

  @Override
  public int mbind(long address, long lengthBytes, int mode, int node, int flags) {
    return (int) answer("mbind", () -> libc.mbind(address, lengthBytes, mode, node, flags));
  }

  @Override
  public long addressOf(byte[] array) {
    return answer("addressOf", () -> libc.addressOf(array));
  }

  @Override
  public long clockRealtimeNs() {
    return libc.clockRealtimeNs();
  }

  @Override
  public long clockTaiNs() {
    return answer("clock_gettime", libc::clockTaiNs);
  }

  @Override
  public long mmap(
      long address, long lengthBytes, int protection, int flags, int fileDescriptor, long offset) {
    return libc.mmap(address, lengthBytes, protection, flags, fileDescriptor, offset);
  }

  @Override
  public int munmap(long address, long lengthBytes) {
    return libc.munmap(address, lengthBytes);
  }

  @Override
  public int open(String path, int flags) {
    return libc.open(path, flags);
  }

  @Override
  public int close(int fileDescriptor) {
    return libc.close(fileDescriptor);
  }

  @Override
  public int notify(String socketPath, String message) {
    return libc.notify(socketPath, message);
  }
}
