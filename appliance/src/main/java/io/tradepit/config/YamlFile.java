package io.tradepit.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The text of a file, and the section that it is as a whole. */
final class YamlFile {
  private static final int MOST_BYTES = 1 << 20;

  /** Our own files have six. */
  private static final int MOST_DEEP = 32;

  private YamlFile() {}

  /**
   * The text of a file.
   *
   * @throws ConfigException when it cannot be read, or is longer than a mebibyte
   */
  static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw refused(file, "at most " + MOST_BYTES + " bytes");
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IOException e) {
      throw refused(file, "a file in UTF-8 that can be read");
    }
  }

  private static ConfigException refused(Path file, String allowed) {
    return new ConfigException(List.of(file + ":0: file=" + file + ": allowed " + allowed));
  }

  /**
   * The keys of a text.
   *
   * @param file is named in problems only
   * @param problems of the file so far
   * @throws ConfigException when the text is no mapping of YAML
   */
  static Section root(Path file, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setCodePointLimit(MOST_BYTES).build();
    try {
      int tooDeep = lineTooDeep(settings, text);
      if (tooDeep > 0) {
        problems.notAllowed(
            tooDeep, "file", file.toString(), "at most " + MOST_DEEP + " levels of lists and keys");
        problems.requireNone();
      }
      Optional<Node> node = new Compose(settings).composeString(text);
      if (node.orElse(null) instanceof MappingNode mapping) {
        return new Section(problems, "", 1, mapping);
      }
      problems.notAllowed(1, "file", file.toString(), "a YAML file of sections");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.notAllowed(line, "file", file.toString(), "YAML 1.2; " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.notAllowed(1, "file", file.toString(), "YAML 1.2; " + e.getMessage());
    }
    problems.requireNone();
    throw new AssertionError();
  }

  // Composing calls itself for each level, parsing does not: the stack is not what bounds a file.
  private static int lineTooDeep(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > MOST_DEEP) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return 0;
  }
}
