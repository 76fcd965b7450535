package io.tradepit.cli;

import io.tradepit.admin.AdminAnswer;
import io.tradepit.admin.AdminClient;
import io.tradepit.config.ExitCode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "snapshot",
    description = {
      "Has the running segment write a snapshot of its matching state now.",
      "A mark goes into the log; the replica that goes after the live matcher comes to it, compares"
          + " the two state hashes and writes the file below DIR/data/snapshots. The live matcher has"
          + " no part in it. A start reads the log from the newest snapshot on."
    })
final class SnapshotCommand implements Callable<Integer> {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

  @Spec private CommandSpec spec;
  @Mixin private Place place;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "the segment's admin socket (default: DIR/admin.sock)")
  private Path socket;

  @Override
  public Integer call() {
    AdminClient client =
        new AdminClient(socket == null ? place.directory().resolve("admin.sock") : socket);
    AdminAnswer before = client.ask("status", true);
    AdminAnswer asked = before.isOk() ? client.ask("snapshot", false) : before;
    if (!asked.isOk()) {
      return refused(asked.error(), asked.exitCode());
    }
    return await(client, snapshots(before));
  }

  private int await(AdminClient client, Map<?, ?> before) {
    long deadline = System.nanoTime() + LIMIT_NS;
    while (System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL_NS);
      AdminAnswer status = client.ask("status", true);
      if (!status.isOk()) {
        return refused(status.error(), status.exitCode());
      }
      Map<?, ?> now = snapshots(status);
      if (number(now, "snapshotsTaken") > number(before, "snapshotsTaken")) {
        print(now);
        return ExitCode.OK.number();
      }
      if (number(now, "snapshotsFailed") > number(before, "snapshotsFailed")) {
        return refused("snapshot: not written; the log says why", ExitCode.OTHER.number());
      }
    }
    return refused(
        "snapshot: none within 60 s; 'tradepit status' says how far the replica is behind",
        ExitCode.OTHER.number());
  }

  private void print(Map<?, ?> taken) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "snapshot behind command %,d: %,d bytes, written in %,.1f ms%n",
            number(taken, "newestSequence"),
            number(taken, "newestBytes"),
            number(taken, "newestTookUs") / 1e3);
  }

  private int refused(String line, int code) {
    spec.commandLine().getErr().println("tradepit: " + line);
    return code;
  }

  private static Map<?, ?> snapshots(AdminAnswer status) {
    Load json = new Load(LoadSettings.builder().build());
    Object all = json.loadFromString(String.join("\n", status.lines()));
    return all instanceof Map<?, ?> sections && sections.get("snapshots") instanceof Map<?, ?> rows
        ? rows
        : Map.of();
  }

  private static long number(Map<?, ?> rows, String name) {
    return rows.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
