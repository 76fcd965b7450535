package io.tradepit.net;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The disk of a guest, made once and kept below {@code target}. */
public final class GuestImage {
  private static final int LIMIT_MINUTES = 25;

  private GuestImage() {}

  /** The folder of it; a test on a machine that cannot make one is skipped with the reason. */
  public static Path made() throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      abort("skipped: a guest's disk is made by root");
    }
    for (String tool : List.of("qemu-system-x86_64", "debootstrap", "mkfs.ext4")) {
      if (!isThere(tool)) {
        abort("skipped: no " + tool + " on this machine");
      }
    }
    Path folder = Path.of("target", "guest").toAbsolutePath();
    Path said = Files.createDirectories(folder).resolve("image.log");
    Process process =
        new ProcessBuilder("src/test/guest/image", folder.toString(), mirror())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("image=" + folder + ": not made: " + Files.readString(said));
    }
    return folder;
  }

  private static boolean isThere(String tool) {
    try {
      Commands.run(List.of("sh", "-c", "command -v " + tool));
      return true;
    } catch (IOException e) {
      return false; // that is the answer
    }
  }

  /** Where this machine has its own packages from. */
  private static String mirror() throws IOException {
    return Commands.run(
            List.of("apt-get", "indextargets", "--format", "$(SITE)", "Codename: bookworm"))
        .lines()
        .findFirst()
        .orElseThrow(() -> new IOException("apt=no source of bookworm"));
  }
}
