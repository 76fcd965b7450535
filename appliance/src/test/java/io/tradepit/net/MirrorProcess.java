package io.tradepit.net;

import io.tradepit.config.NicProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link FrameMirror} in a namespace, in a JVM of its own, since DPDK starts once a process. */
final class MirrorProcess {
  private static final int START_SECONDS = 30;

  private final Process process;
  private final Path output;

  private MirrorProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it and waits until it polls.
   *
   * @param device DPDK's name of it
   * @param ofDriver its driver's arguments
   * @param ofEnvironment those of DPDK's environment
   */
  static MirrorProcess start(
      NetworkNamespace box, Path folder, String device, String ofDriver, List<String> ofEnvironment)
      throws IOException, InterruptedException {
    Path output = folder.resolve(device + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dtradepit.shims=" + System.getProperty("tradepit.shims"),
                "-cp",
                System.getProperty("java.class.path"),
                FrameMirror.class.getName(),
                device,
                ofDriver.isEmpty() ? "-" : ofDriver));
    command.addAll(ofEnvironment);
    Process process =
        box.start(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
    MirrorProcess started = new MirrorProcess(process, output);
    started.awaitReady();
    return started;
  }

  /** Arguments of DPDK's environment as a profile has them, on core 0 with 64 MiB of a node. */
  static List<String> environment(NicProfile profile, String address) {
    List<String> words = new ArrayList<>();
    for (NicProfile.Argument argument : profile.dpdk()) {
      String filled =
          argument
              .argument()
              .replace("{core}", "0")
              .replace("{mebibytes}", "64")
              .replace("{bdf}", address)
              .replace("{segment}", "tp-" + ProcessHandle.current().pid());
      words.addAll(List.of(filled.split(" ", 2)));
    }
    return words;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!output().contains(FrameMirror.READY)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("mirror=not ready:\n" + output());
      }
      Thread.sleep(10);
    }
  }

  /** The hardware address of its port. */
  String mac() throws IOException {
    return macIn(output());
  }

  static String macIn(String output) {
    int from = output.indexOf(FrameMirror.READY) + FrameMirror.READY.length();
    return output.substring(from, from + "00:00:00:00:00:00".length());
  }

  /** What it printed until now. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it ended by itself; returns how. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("mirror=not ended");
    }
    return process.exitValue();
  }
}
