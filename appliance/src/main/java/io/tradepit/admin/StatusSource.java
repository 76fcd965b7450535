package io.tradepit.admin;

/** Knows the status of the segment; asked by the admin thread, never waits. */
@FunctionalInterface
public interface StatusSource {
  Status status();
}
