package io.tradepit.host.preflight;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Fields of a process or a thread in /proc/PID/status (proc_pid_status(5)). */
final class StatusText {
  private final Map<String, String> fields = new HashMap<>();

  private StatusText(String text) {
    text.lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
          }
        });
  }

  /**
   * @param directory of the process or the thread
   */
  static Optional<StatusText> of(HostView host, String directory) {
    return host.text(directory + "/status").map(StatusText::new);
  }

  /** CPUs that it may run on. */
  Optional<CpuSet> allowed() {
    return Optional.ofNullable(fields.get("Cpus_allowed_list")).flatMap(CpuSet::list);
  }

  /** How often it was taken off its CPU though it wanted to run. */
  OptionalLong nonvoluntarySwitches() {
    return FactSheet.number(fields.getOrDefault("nonvoluntary_ctxt_switches", ""));
  }

  /** Whether it is of the user root; of another one when the file does not say. */
  boolean isRoot() {
    return fields.getOrDefault("Uid", "").matches("\\d+\\s+0\\b.*");
  }
}
