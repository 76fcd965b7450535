package io.tradepit.gateway;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Checks passwords against their hashes on one thread of its own, with a bounded queue. */
public final class PasswordAuthenticator implements Authenticator {
  private final Map<String, PasswordHash> hashes;
  private final PasswordHash nobody;
  private final ThreadPoolExecutor executor;
  private final ConcurrentLinkedQueue<Result> results = new ConcurrentLinkedQueue<>();

  private record Result(long ticket, boolean valid) {}

  /**
   * @param hashes by username, without padding, in upper case
   * @param maxWaiting checks that wait at most behind the one under way
   */
  public PasswordAuthenticator(Map<String, PasswordHash> hashes, int maxWaiting) {
    this.hashes = Map.copyOf(hashes);
    // A name that does not exist costs the same time as one that does.
    nobody = this.hashes.values().stream().findFirst().orElseGet(() -> PasswordHash.of(""));
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(maxWaiting),
            Thread.ofPlatform().name("tp-login").daemon().factory());
    // A thread runs on the cores of the one that starts it: not on the gateway's.
    executor.prestartAllCoreThreads();
  }

  @Override
  public boolean submit(long ticket, String username, String password) {
    try {
      executor.execute(() -> check(ticket, username, password));
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  @Override
  public int poll(ResultHandler handler) {
    int count = 0;
    for (Result result = results.poll(); result != null; result = results.poll()) {
      handler.onResult(result.ticket(), result.valid());
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void check(long ticket, String username, String password) {
    PasswordHash hash = hashes.get(username);
    boolean matches = (hash == null ? nobody : hash).matches(password);
    results.add(new Result(ticket, matches && hash != null));
  }
}
