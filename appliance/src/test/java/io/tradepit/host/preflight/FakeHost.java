package io.tradepit.host.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A machine in memory. {@link HealthyHost#machine()} has nothing wrong; a test breaks one thing of
 * it. What is set by {@code later} is seen from the first {@link #pause} on.
 */
public final class FakeHost implements HostView {
  private final TreeMap<String, Optional<String>> files = new TreeMap<>();
  private final TreeMap<String, Optional<String>> laterFiles = new TreeMap<>();
  private final TreeMap<String, String> links = new TreeMap<>();
  private final Map<List<String>, String> outputs = new HashMap<>();
  private final Map<List<String>, String> laterOutputs = new HashMap<>();
  private final List<String> commandsRun = new ArrayList<>();

  /** Another machine that is the same so far. */
  public FakeHost copy() {
    FakeHost copy = new FakeHost();
    copy.files.putAll(files);
    copy.laterFiles.putAll(laterFiles);
    copy.links.putAll(links);
    copy.outputs.putAll(outputs);
    copy.laterOutputs.putAll(laterOutputs);
    return copy;
  }

  /** A file's text, without the line end behind the last line. */
  public FakeHost with(String path, String text) {
    files.put(path, Optional.of(text));
    return this;
  }

  /** Each file of a directory: name, text, name, text. */
  public FakeHost withAll(String directory, String... namesAndTexts) {
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      with(directory + "/" + namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return this;
  }

  /** Another text in place of a part of a file, which must have it. */
  public FakeHost replace(String path, String part, String by) {
    String text = text(path).orElseThrow(() -> new IllegalArgumentException("no file=" + path));
    if (!text.contains(part)) {
      throw new IllegalArgumentException("file=" + path + ": has no " + part);
    }
    return with(path, text.replace(part, by));
  }

  /** A file that is listed, and cannot be read. */
  public FakeHost unreadable(String path) {
    files.put(path, Optional.empty());
    return this;
  }

  /** Takes a file, a link or a whole directory away; it must be there. */
  public FakeHost without(String path) {
    boolean gone = files.keySet().removeIf(file -> isIn(file, path));
    gone |= laterFiles.keySet().removeIf(file -> isIn(file, path));
    gone |= links.keySet().removeIf(link -> isIn(link, path));
    if (!gone) {
      throw new IllegalArgumentException("no file=" + path);
    }
    return this;
  }

  /** A symbolic link. */
  public FakeHost withLink(String path, String target) {
    links.put(path, target);
    return this;
  }

  /** What a command prints. */
  public FakeHost withOutput(String text, String... command) {
    outputs.put(List.of(command), text);
    return this;
  }

  /** A command that is not there. */
  public FakeHost withoutOutput(String... command) {
    outputs.remove(List.of(command));
    return this;
  }

  /** A file's text from the first pause on. */
  public FakeHost later(String path, String text) {
    laterFiles.put(path, Optional.of(text));
    return this;
  }

  /** What a command prints from the first pause on. */
  public FakeHost laterOutput(String text, String... command) {
    laterOutputs.put(List.of(command), text);
    return this;
  }

  /** The paths of all files, in order. */
  public List<String> files() {
    return List.copyOf(files.keySet());
  }

  /** The commands that were asked for, in order. */
  public List<String> commandsRun() {
    return List.copyOf(commandsRun);
  }

  @Override
  public Optional<String> text(String path) {
    return files.getOrDefault(path, Optional.empty());
  }

  @Override
  public List<String> names(String directory) {
    TreeSet<String> names = new TreeSet<>();
    // '0' follows '/': all that begins with the directory and a slash.
    SortedSet<String> below = files.navigableKeySet().subSet(directory + "/", directory + "0");
    SortedSet<String> linked = links.navigableKeySet().subSet(directory + "/", directory + "0");
    List.of(below, linked)
        .forEach(paths ->
            paths.stream()
                .map(path -> path.substring(directory.length() + 1))
                .map(path -> path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')))
                .forEach(names::add));
    return List.copyOf(names);
  }

  @Override
  public Optional<String> link(String path) {
    return Optional.ofNullable(links.get(path));
  }

  @Override
  public Optional<String> output(String... command) {
    commandsRun.add(String.join(" ", command));
    return Optional.ofNullable(outputs.get(List.of(command)));
  }

  @Override
  public void pause(Duration duration) {
    files.putAll(laterFiles);
    outputs.putAll(laterOutputs);
  }

  private static boolean isIn(String file, String path) {
    return file.equals(path) || file.startsWith(path + "/");
  }
}
