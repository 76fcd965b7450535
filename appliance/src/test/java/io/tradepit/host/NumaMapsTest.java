package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.host.NumaMaps.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NumaMapsTest {
  @TempDir private Path proc;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        Files.createDirectory(proc.resolve("self")).resolve("numa_maps"),
        """
        7f0000000000 bind:1 file=/mnt/state/N5=9/books.map huge dirty=8 N1=8 kernelpagesize_kB=4
        7f0000800000 default anon=3 dirty=3 N0=1 N1=2 kernelpagesize_kB=4
        7f0000c00000 default
        """);
  }

  @Test
  void shouldSayWhereThePagesOfAMappingAre() {
    Nodes bound = new NumaMaps(proc).mappingAt(0x7f0000000000L);

    assertEquals(new Nodes("bind:1", Map.of(1, 8L)), bound);
    assertTrue(bound.areAllOn(1));
    assertFalse(bound.areAllOn(0));
  }

  @Test
  void shouldNotCallPagesOfTwoNodesOrNoPagesBound() {
    assertFalse(new NumaMaps(proc).mappingAt(0x7f0000800000L).areAllOn(1));
    assertFalse(new NumaMaps(proc).mappingAt(0x7f0000c00000L).areAllOn(0));
    assertThrows(
        IllegalArgumentException.class, () -> new NumaMaps(proc).mappingAt(0x7f0000000001L));
  }
}
