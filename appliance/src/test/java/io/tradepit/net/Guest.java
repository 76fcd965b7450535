package io.tradepit.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A machine of QEMU's, by software emulation: two processors, an IOMMU, and a card that is an
 * 82574L down to its registers. Its cable ends at a tap in a namespace. It runs commands that come
 * by its serial console, one at a time; its disk is as it was when it is gone.
 *
 * <p>Slow, and slower beside other work: what is shown is that it works, not how fast.
 */
public final class Guest implements AutoCloseable {
  /** As {@code lspci} names the card. */
  public static final String CARD = "8086:10d3";

  private static final Duration BOOT = Duration.ofMinutes(6);
  private static final String READY = "guest-ready";
  private static final String ENDED = "guest-ended ";
  private static final String GONE = "guest-gone";
  private static final int HUGE_PAGES = 128;

  /** How a command ended. */
  public record Result(int exitCode, String output) {}

  private final Process process;
  private final OutputStream console;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Guest(Process process) {
    this.process = process;
    this.console = process.getOutputStream();
    Thread.ofPlatform().name("tp-guest").daemon().start(this::readConsole);
  }

  /**
   * Boots one and waits until it takes commands.
   *
   * @param image as {@code src/test/guest/image} makes it
   * @param end the tap that its card is plugged into, made before
   * @param payload an image of a file system that it has at {@code /payload}; null: none
   * @param mebibytes of memory, 256 of them as huge pages
   */
  public static Guest boot(Path image, CableEnd end, Path payload, int mebibytes)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "qemu-system-x86_64",
                "-accel",
                "tcg,thread=multi",
                "-cpu",
                "max",
                "-M",
                "q35,kernel-irqchip=split",
                "-smp",
                "2",
                "-m",
                Integer.toString(mebibytes),
                "-device",
                "intel-iommu,intremap=on",
                "-kernel",
                image.resolve("vmlinuz").toString(),
                "-initrd",
                image.resolve("initrd.img").toString(),
                "-append",
                "root=/dev/vda rw console=ttyS0 quiet loglevel=1 intel_iommu=on iommu=pt hugepages="
                    + HUGE_PAGES
                    + " init=/usr/local/sbin/guest",
                "-drive",
                "file=" + image.resolve("debian.img") + ",if=virtio,format=raw,snapshot=on",
                "-netdev",
                "tap,id=cable,ifname=" + end.name() + ",script=no,downscript=no,vnet_hdr=off",
                "-device",
                "e1000e,netdev=cable",
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "stdio",
                "-no-reboot"));
    if (payload != null) {
      command.addAll(List.of("-drive", "file=" + payload + ",if=virtio,format=raw,readonly=on"));
    }
    Guest guest =
        new Guest(end.namespace().start(new ProcessBuilder(command).redirectErrorStream(true)));
    guest.await(READY, BOOT);
    return guest;
  }

  private void readConsole() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("console=" + e.getMessage());
    }
    lines.add(GONE);
  }

  /** Runs a line of bash to its end; one that goes on beyond the limit is an error. */
  public Result run(Duration limit, String command) throws IOException, InterruptedException {
    console.write((command + "\n").getBytes(StandardCharsets.UTF_8));
    console.flush();
    List<String> said = await(ENDED, limit);
    String last = said.removeLast();
    // What the command printed without an end of line stands before it.
    int at = last.indexOf(ENDED);
    said.add(last.substring(0, at));
    int exitCode = Integer.parseInt(last.substring(at + ENDED.length()).strip());
    return new Result(exitCode, String.join("\n", said));
  }

  /** Runs a line that has to end with 0; returns what it printed. */
  public String succeed(Duration limit, String command) throws IOException, InterruptedException {
    Result result = run(limit, command);
    if (result.exitCode() != 0) {
      throw new AssertionError(command + " ended with " + result);
    }
    return result.output();
  }

  private List<String> await(String mark, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<String> said = new ArrayList<>();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      said.add(line == null ? "beyond " + limit : line);
      if (line == null || line.equals(GONE)) {
        throw new AssertionError(
            "no " + mark.strip() + " of the guest:\n" + String.join("\n", said));
      }
      if (line.contains(mark)) {
        return said;
      }
    }
  }

  /** Pulls the plug. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
