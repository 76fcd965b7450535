package io.tradepit.host;

import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;

/** The C library, whose answer to one kind of memory advice a test decides. */
final class FakeLibc implements Libc {
  private final Libc libc = new FfmLibc();
  private final int refusedAdvice;
  private final int[] answers;
  private int calls;

  /** Answers the advice with these in turn, then truly. */
  FakeLibc(int refusedAdvice, int... answers) {
    this.refusedAdvice = refusedAdvice;
    this.answers = answers.clone();
  }

  @Override
  public int madvise(long address, long lengthBytes, int advice) {
    if (advice == refusedAdvice && calls < answers.length) {
      return answers[calls++];
    }
    return libc.madvise(address, lengthBytes, advice);
  }

  @Override
  public int setThreadNice(int nice) {
    return libc.setThreadNice(nice);
  }

  @Override
  public long clockRealtimeNs() {
    return libc.clockRealtimeNs();
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
