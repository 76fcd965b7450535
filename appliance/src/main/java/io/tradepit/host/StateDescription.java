package io.tradepit.host;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What another process must know to find the entries in a store's files: a text beside them, which
 * is there only while they are whole.
 *
 * <pre>
 *   writer=PID/START             the process that made the files, see {@link RunningProcess}
 *   state.NAME=VALUE             what the owner of the memory says of it
 *   area.NAME=BYTES AT AT ...    size of each entry in NAME.map, and where each begins
 * </pre>
 */
record StateDescription(
    RunningProcess writer, Map<String, String> state, Map<String, Entries> areas) {
  static final String FILE_NAME = "state.properties";

  private static final String WRITER = "writer";
  private static final String STATE = "state.";
  private static final String AREA = "area.";

  /** Entries of an area. */
  record Entries(int bytes, List<Long> offsets) {
    private static Entries parse(String text) {
      List<Long> numbers = Stream.of(text.split(" ")).map(Long::valueOf).toList();
      return new Entries(Math.toIntExact(numbers.getFirst()), numbers.subList(1, numbers.size()));
    }

    @Override
    public String toString() {
      return bytes + offsets.stream().map(at -> " " + at).collect(Collectors.joining());
    }
  }

  /** Refuses files of another state or of other areas than those of a context. */
  void requireSame(StateStoreContext context) throws StateLostException {
    if (!state.equals(context.description())) {
      throw new StateLostException(
          "the memory is of another state: " + difference(context.description()));
    }
    for (StateStoreContext.Area area : context.areas()) {
      Entries left = of(area);
      if (left == null
          || left.bytes() != area.entryBytes()
          || left.offsets().size() != area.entries()) {
        throw new StateLostException("area=" + area.name() + ": the memory has another size");
      }
      requireSideBySide(area, left);
    }
  }

  private static void requireSideBySide(StateStoreContext.Area area, Entries left)
      throws StateLostException {
    for (int i = 0; i < area.entries(); i++) {
      int inValue = i % area.entriesOfValue();
      long expected = left.offsets().get(i - inValue) + (long) inValue * area.entryBytes();
      if (left.offsets().get(i) != expected) {
        throw new StateLostException(
            "area=" + area.name() + " entry=" + i + ": the memory is not in one piece");
      }
    }
  }

  private String difference(Map<String, String> wanted) {
    return Stream.concat(state.keySet().stream(), wanted.keySet().stream())
        .filter(name -> !Objects.equals(state.get(name), wanted.get(name)))
        .findFirst()
        .map(name -> name + "=" + state.get(name) + " here=" + wanted.get(name))
        .orElse("");
  }

  /** The entries of an area, or null. */
  Entries of(StateStoreContext.Area area) {
    return areas.get(area.name());
  }

  /** Writes the file, whole or not at all. */
  void write(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(WRITER).append('=').append(writer).append('\n');
    state.forEach((name, value) -> line(text, STATE + name, value));
    areas.forEach((name, entries) -> line(text, AREA + name, entries.toString()));
    Path unfinished = directory.resolve(FILE_NAME + ".new");
    Files.writeString(unfinished, text);
    Files.move(unfinished, directory.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(value).append('\n');
  }

  /**
   * Reads the file.
   *
   * @throws java.nio.file.NoSuchFileException when there is none: no files, or not whole yet
   */
  static StateDescription read(Path directory) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(Files.readString(directory.resolve(FILE_NAME)))) {
      properties.load(reader);
    }
    Map<String, String> state = new LinkedHashMap<>();
    Map<String, Entries> areas = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (name.startsWith(STATE)) {
        state.put(name.substring(STATE.length()), value);
      } else if (name.startsWith(AREA)) {
        areas.put(name.substring(AREA.length()), Entries.parse(value));
      }
    }
    return new StateDescription(RunningProcess.parse(properties.getProperty(WRITER)), state, areas);
  }

  /** Removes the file, if it is there: the others will not be whole any more. */
  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
  }
}
