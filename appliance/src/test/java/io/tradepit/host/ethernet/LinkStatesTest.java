package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LinkStatesTest {
  private static final String DOWN = "port=feed: link down, what it is to send is dropped";
  private static final String UP = "port=feed: link up";
  private static final int EIO = 5;
  private static final int ENOMEM = 12;

  private final List<String> notes = new ArrayList<>();
  private final LinkStates states = new LinkStates(notes::add);

  @Test
  void shouldNoteEachChangeOnce() {
    look(1, 1, 0, 0, 1, 1);
    assertEquals(List.of(DOWN, UP), notes);
  }

  @Test
  void shouldKeepALinkDownWhenALookFails() {
    look(0, -EIO, -EIO, 0, 1);
    assertEquals(List.of(DOWN, "port=feed: link not known, errno=5", UP), notes);
  }

  @Test
  void shouldNoteAnErrorAgainWhenItIsAnotherOneOrCameBack() {
    look(-EIO, -ENOMEM, -ENOMEM, 1, -ENOMEM);
    assertEquals(
        List.of(
            "port=feed: link not known, errno=5",
            "port=feed: link not known, errno=12",
            "port=feed: link not known, errno=12"),
        notes);
  }

  private void look(int... results) {
    for (int result : results) {
      states.onLook("feed", result);
    }
  }
}
