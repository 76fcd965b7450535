package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.HugePagePlan.Mount;
import io.tradepit.config.HugePagePlan.User;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.StateLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans of hugepages/, and what is wrong in broken ones. */
@Timeout(30)
class HugePageReaderTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("hugepages");
  private static final int BOOK_VALUE_BYTES = 320;
  private static final int PAGE_BYTES = 2 << 20;

  @Test
  void shouldReadEveryShippedPlan() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .map(HugePageReader::read)
              .map(plan -> plan.file().getFileName().toString())
              .sorted()
              .toList();
      assertEquals(
          List.of("amd-ccx.yaml", "embedded.yaml", "one-socket-16.yaml", "two-socket-64.yaml"),
          names);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-socket-16", "two-socket-64", "amd-ccx"})
  void shouldMountByUnitsWhatThePlanSays(String layout) throws IOException {
    HugePagePlan plan = HugePageReader.read(FOLDER.resolve(layout + ".yaml"));
    List<Mount> mounts = plan.users().stream().flatMap(user -> user.mount().stream()).toList();
    assertTrue(mounts.size() >= 2, mounts.toString());
    for (Mount mount : mounts) {
      Map<String, String> unit = unit(FOLDER.resolve("units").resolve(mount.unit().orElseThrow()));
      assertEquals(mount.directory().toString(), unit.get("Where"));
      assertEquals(mount.type(), unit.get("Type"));
      assertEquals(String.join(",", mount.options()), unit.get("Options"));
      // systemd.mount(5): the file is named by the path, with a hyphen for each slash.
      String name = mount.directory().toString().substring(1).replace('/', '-') + ".mount";
      assertEquals(layout + "/" + name, mount.unit().orElseThrow());
    }
  }

  private static Map<String, String> unit(Path file) throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "one-socket-16, 1000000, 200000, 65536, 1024, 128",
    "amd-ccx, 1000000, 200000, 65536, 1024, 128",
    "two-socket-64, 10000000, 1000000, 262144, 1024, 300"
  })
  void shouldHaveRoomForTheStateOfItsCapacities(
      String layout, int orders, int levels, int open, int instruments, int sessions) {
    HugePagePlan plan = HugePageReader.read(FOLDER.resolve(layout + ".yaml"));
    StateLayout state = StateLayout.of(new Capacities(orders, levels, open, instruments, sessions));
    long bytes = (long) state.pages() * PAGE_BYTES + (long) state.books() * BOOK_VALUE_BYTES;
    User user = plan.users().getFirst();

    assertEquals("matching-state", user.user());
    assertTrue(user.bytes().orElseThrow() >= bytes, user + " needs " + bytes);
    assertTrue(user.bytes().orElseThrow() < bytes * 1.02, user + " needs " + bytes);
  }

  /** A layout's memory is at the node of its card. */
  @ParameterizedTest
  @ValueSource(strings = {"embedded", "one-socket-16", "two-socket-64", "amd-ccx"})
  void shouldFitTheLayoutOfTheSameName(String name) {
    HugePagePlan plan = HugePageReader.read(FOLDER.resolve(name + ".yaml"));
    AffinityLayout layout =
        AffinityReader.read(FOLDER.resolveSibling("affinity-config").resolve(name + ".yaml"));
    OptionalInt node = layout.machine().nicNode();

    assertEquals(layout.profile(), plan.profile());
    plan.reserved().forEach(pages -> assertEquals(node, OptionalInt.of(pages.node())));
    plan.users().stream()
        .filter(user -> user.node().isPresent())
        .forEach(user -> assertEquals(node, user.node()));
  }

  /** The rows of README.md. */
  @ParameterizedTest
  @CsvSource({
    "1000000, 200000, 65536, 64, 32, 181",
    "1000000, 200000, 65536, 1024, 128, 217",
    "2000000, 400000, 65536, 256, 128, 373",
    "10000000, 1000000, 262144, 1024, 300, 1531"
  })
  void shouldComputeTheTableOfTheReadme(
      int orders, int levels, int open, int instruments, int sessions, int pages) {
    long references = Long.highestOneBit(open - 1L) << 1;
    long symbols = Long.highestOneBit(2L * instruments - 1) << 1;
    long bytes = 8192 + 200L * (orders + 1) + 32L * (levels + 1);
    long sides = 2L * instruments;
    long maps = 0;
    for (long span : new long[] {1 << 25, 1 << 19, 1 << 13, 1 << 7, 2}) {
      long nodes = Math.min(levels + (span > 1 << 13 ? 0 : sides), sides * span);
      bytes = (bytes + 255) / 256 * 256 + 256 * (nodes + 1);
      maps += 8 * (nodes + 1);
    }
    bytes += maps + sessions * (64 + 16 + 1024 + 4 * references) + 4 * symbols;

    assertEquals(pages, (bytes + (2 << 20) - 1) >> 21);
    assertEquals(
        pages, StateLayout.of(new Capacities(orders, levels, open, instruments, sessions)).pages());
  }

  /** One thing of a good plan replaced, and the line that names it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hugepages=0:704 | hugepages=704 | 5: boot={...}: allowed the pages of reserved, node by node",
        "hugepages=0:704 | hugepages=0:512 | 5: boot={...}: allowed the pages of reserved",
        "hugepages=0:704 | hugepage=0:704 | 5: boot.arguments[2]=hugepage=0:704: allowed such as",
        "pages: 704 | pages: 512 | 8: reserved=[1 elements]: allowed at least 672 pages of 2048 kB",
        "pages: 704 | pages: none | 10: reserved[0].pages=none: allowed a whole number",
        "pageKb: 2048 | pageKb: 4096 | 9: reserved[0].pageKb=4096: allowed 2048",
        "user: aeron-buffers | user: matching-state | users[1].user=matching-state: allowed each",
        "user: replica | user: somebody | users[5].user=somebody: allowed matching-state",
        "huge=always, size=480m | size=480m | users[0].mount={...}: allowed the option huge=always",
        "size=480m | mode=0700 | users[0].mount={...}: allowed an option such as size=1g",
        "size=480m | size=300m | users[0].size=440m: allowed at most the size= of its mount",
        "mpol=bind:0 | mpol=bind:1 | users[0].mount={...}: allowed the option mpol=bind:0",
        "type: tmpfs | type: ext4 | users[0].mount.type=ext4: allowed tmpfs or hugetlbfs",
        "size: 1024m | size: 1025m | users[2].size=1025m: allowed a number of whole pages",
        "size: 1024m | size: jvm-flags | users[2].size=jvm-flags: allowed a number of whole pages",
        "verify: Private_Hugetlb | verify: none | users[2].verify=none: allowed Private_Hugetlb",
        "verify: none | verify: ShmemPmdMapped | users[5].verify=ShmemPmdMapped: allowed none",
        "profile: box | profile: embedded | reserved=[1 elements]: allowed none in the embedded",
        "profile: box | profil: box | profil=box: unknown key",
      })
  void shouldNameWhatIsWrongInAPlan(String part, String by, String problem) throws IOException {
    String text = Files.readString(FOLDER.resolve("one-socket-16.yaml"));
    String broken = text.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(by));
    assertTrue(!broken.equals(text), part);
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> HugePageReader.readText(Path.of("plan.yaml"), broken));
    assertTrue(
        refused.problems().stream()
            .anyMatch(line -> line.startsWith("plan.yaml:") && line.contains(problem)),
        refused.problems().toString());
  }

  /** A text of the machine may be of any kind: what reads it catches this kind of exception. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hugepagesz=999999999g",
        "hugepagesz=0k",
        "hugepagesz=2X",
        "hugepages=all",
        "hugepages=0:"
      })
  void shouldRefuseArgumentsOfTheKernelThatAreNone(String argument) {
    assertThrows(IllegalArgumentException.class, () -> BootPages.of(List.of(argument)));
  }

  @Test
  void shouldReadSizesAsTheyAreWritten() {
    assertEquals(OptionalLong.of(400L << 20), HugePagePlan.sizeBytes("400m"));
    assertEquals(OptionalLong.of(1L << 30), HugePagePlan.sizeBytes("1G"));
    assertEquals(OptionalLong.empty(), HugePagePlan.sizeBytes("capacities"));
  }
}
