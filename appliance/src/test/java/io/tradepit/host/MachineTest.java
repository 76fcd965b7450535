package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MachineTest {
  @TempDir private Path root;

  @Test
  void shouldReadAMachineFromProcAndSys() throws IOException {
    write(
        "proc/cpuinfo", "processor\t: 0\nmodel name\t: AMD EPYC 9654: 96-Core\n\nprocessor\t: 1\n");
    write("proc/meminfo", "MemTotal:       1000 kB\nMemFree: 5 kB\nMemAvailable:    700 kB\n");
    write("proc/sys/kernel/osrelease", "6.1.0-50-amd64\n");
    write("proc/self/status", "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t0-2,6\n");
    write("sys/devices/system/cpu/online", "0-7\n");

    assertEquals(
        new Machine(
            "AMD EPYC 9654: 96-Core",
            "6.1.0-50-amd64",
            List.of(0, 1, 2, 3, 4, 5, 6, 7),
            List.of(0, 1, 2, 6),
            1_024_000,
            716_800),
        Machine.read(root));
  }

  @Test
  void shouldReadThisMachine() {
    Machine machine = Machine.read();

    assertEquals(Runtime.getRuntime().availableProcessors(), machine.allowedCpus().size());
    assertTrue(machine.onlineCpus().containsAll(machine.allowedCpus()));
    assertTrue(machine.availableBytes() > 0 && machine.availableBytes() <= machine.memoryBytes());
    assertEquals(System.getProperty("os.version"), machine.kernel());
    assertFalse(machine.model().isBlank());
  }

  @Test
  void shouldReadListsOfCpus() {
    assertEquals(List.of(), CpuList.parse(""));
    assertEquals(List.of(5), CpuList.parse("5\n"));
    assertEquals(List.of(0, 1, 4, 10, 11, 12), CpuList.parse("0-1,4,10-12"));
    assertThrows(NumberFormatException.class, () -> CpuList.parse("0-"));
  }

  @Test
  void shouldTakeTheInnermostAndLatestMount() throws IOException {
    Path directory = Files.createDirectories(root.resolve("with blank/state")).toRealPath();
    String blank = directory.getParent().toString().replace(" ", "\\040");
    write(
        "proc/self/mounts",
        "disk / ext4 rw 0 0\n"
            + ("a " + blank + " tmpfs rw 0 0\n")
            + ("b " + blank + " tmpfs rw,huge=always,size=4m 0 0\n")
            + ("c " + blank + "/sta tmpfs rw 0 0\n"));

    Mount mount = Mount.of(root.resolve("proc"), directory);

    assertEquals(directory.getParent(), mount.directory());
    assertEquals(List.of("rw", "huge=always", "size=4m"), mount.options());
    assertTrue(mount.givesHugePages());
    assertEquals("ext4", Mount.of(root.resolve("proc"), root).type());
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
