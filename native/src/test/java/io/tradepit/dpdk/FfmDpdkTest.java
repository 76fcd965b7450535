package io.tradepit.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FfmDpdkTest {
  private static final Dpdk DPDK = TestDpdk.DPDK;

  @Test
  @SuppressWarnings("restricted")
  void shouldReceiveWhatItSendsThroughARing() {
    assertEquals(0, DPDK.registerThread());
    long port = DPDK.open(PortOptions.of("net_ring_loop", ""));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frames = arena.allocate(4L * FrameLayout.LENGTH, Long.BYTES);
      long sent = DPDK.reserve(port, 64);
      assertNotEquals(0, sent);
      MemorySegment.ofAddress(sent).reinterpret(64).fill((byte) 7);
      assertEquals(1, DPDK.flush(port));
      assertEquals(1, DPDK.receive(port, frames.address(), 4));
      assertEquals(64, frames.get(JAVA_INT, FrameLayout.LENGTH_OFFSET));
      long data = frames.get(JAVA_LONG, FrameLayout.DATA_OFFSET);
      assertEquals(7, MemorySegment.ofAddress(data).reinterpret(64).get(JAVA_BYTE, 63));
      DPDK.release(port, frames.address(), 1);
      assertEquals(0, DPDK.receive(port, frames.address(), 4));
    } finally {
      assertEquals(0, DPDK.close(port));
      DPDK.unregisterThread();
    }
  }

  @Test
  void shouldSayWhatDpdkSaysWhenAnInterfaceIsNotThere() {
    PortOptions options = PortOptions.of("net_af_packet_none", "iface=tp-none");
    DpdkException refused = assertThrows(DpdkException.class, () -> DPDK.open(options));
    assertTrue(refused.getMessage().contains("tp-none"), refused.getMessage());
  }

  @Test
  void shouldRefuseASecondStart() {
    assertThrows(DpdkException.class, () -> DPDK.start(List.of("--no-huge")));
  }
}
