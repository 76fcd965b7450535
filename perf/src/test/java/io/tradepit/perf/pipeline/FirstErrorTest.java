package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeron.exceptions.AeronEvent;
import org.junit.jupiter.api.Test;

class FirstErrorTest {
  private final FirstError errors = new FirstError();

  @Test
  void shouldTellTheFirstErrorAndNoWarning() {
    errors.onError(new AeronEvent("late"));
    errors.requireNone();
    errors.onError(new IllegalStateException("number=1"));
    errors.onError(new IllegalStateException("number=2"));
    assertEquals(
        "error=java.lang.IllegalStateException: number=1",
        assertThrows(IllegalStateException.class, errors::requireNone).getMessage());
  }
}
