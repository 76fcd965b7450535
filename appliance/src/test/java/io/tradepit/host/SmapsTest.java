package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SmapsTest {
  private static final long KB = 1024;
  private static final String SMAPS =
      """
      7f0000000000-7f0000602000 rw-s 00000000 00:1b 2                          /mnt/a b/books.map
      Size:               6152 kB
      KernelPageSize:        4 kB
      MMUPageSize:           4 kB
      ShmemPmdMapped:     4096 kB
      FilePmdMapped:      2048 kB
      AnonHugePages:         0 kB
      Shared_Hugetlb:        0 kB
      Private_Hugetlb:       0 kB
      THPeligible:           1
      VmFlags: rd wr sh mr mw me ms
      7f0000800000-7f0000c00000 rw-p 00000000 00:00 0
      Size:               4096 kB
      KernelPageSize:     2048 kB
      ShmemPmdMapped:        0 kB
      FilePmdMapped:         0 kB
      AnonHugePages:         0 kB
      Shared_Hugetlb:     2048 kB
      Private_Hugetlb:    2048 kB
      VmFlags: rd wr mr mw me ac ht
      ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
      Size:                  4 kB
      KernelPageSize:        4 kB
      """;

  @TempDir private Path proc;
  private Smaps smaps;

  @BeforeEach
  void writeSmaps() throws IOException {
    Files.writeString(Files.createDirectory(proc.resolve("self")).resolve("smaps"), SMAPS);
    smaps = new Smaps(proc);
  }

  @Test
  void shouldFindTheMappingThatContainsAnAddress() {
    PageReport books =
        new PageReport(
            0x7f0000000000L, "/mnt/a b/books.map", 6152 * KB, 4 * KB, 4096 * KB, 2048 * KB, 0, 0);

    assertEquals(books, smaps.mappingOf(0x7f0000000000L));
    assertEquals(books, smaps.mappingOf(0x7f0000601fffL));
    assertEquals("[vsyscall]", smaps.mappingOf(0xffffffffff600010L).path());
    assertThrows(IllegalArgumentException.class, () -> smaps.mappingOf(0x7f0000602000L));
    assertThrows(IllegalArgumentException.class, () -> smaps.mappingOf(0x7effffffffffL));
  }

  @Test
  void shouldFindTheLargestMappingWithoutAFileThatMayBeExecuted() throws IOException {
    Files.writeString(
        proc.resolve("self/smaps"),
        """
        7f0000000000-7f0000002000 rwxp 00000000 00:00 0
        Size:                  8 kB
        KernelPageSize:        4 kB
        7f0000400000-7f0004400000 rwxp 00000000 00:10 5                      /anon_hugepage (deleted)
        Size:              65536 kB
        KernelPageSize:     2048 kB
        Private_Hugetlb:   65536 kB
        7f0005000000-7f000d000000 r-xp 00000000 fe:00 7                      /usr/lib/libjvm.so
        Size:             131072 kB
        KernelPageSize:        4 kB
        """);

    PageReport code = smaps.largestExecutable();

    assertEquals(65_536 * KB, code.sizeBytes());
    assertEquals(2048 * KB, code.pageBytesObtained());
  }

  @Test
  void shouldNotCountATailThatIsShorterThanAHugePage() {
    PageReport books = smaps.mappingOf(0x7f0000000000L);

    assertEquals(6144 * KB, books.hugeBytes());
    assertEquals(1.0, books.hugeShare());
    assertTrue(books.isHuge());
    assertEquals(2048 * KB, books.pageBytesObtained());
  }

  @Test
  void shouldCountSharedAndPrivateReservedPages() {
    PageReport reserved = smaps.mappingOf(0x7f0000800000L);

    assertEquals("", reserved.path());
    assertEquals(4096 * KB, reserved.hugetlbBytes());
    assertTrue(reserved.isHuge());
  }

  @Test
  void shouldDemandNinetyNineHundredths() {
    assertTrue(withHugePages(99).isHuge());
    assertFalse(withHugePages(98).isHuge());
    assertEquals(0.98, withHugePages(98).hugeShare());
    assertEquals(4 * KB, withHugePages(98).pageBytesObtained());
    assertFalse(smaps.mappingOf(0xffffffffff600000L).isHuge());
  }

  private static PageReport withHugePages(int count) {
    long huge = PageReport.HUGE_PAGE_BYTES;
    return new PageReport(0, "", 100 * huge, 4 * KB, 0, 0, count * huge, 0);
  }
}
