package io.tradepit.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The text of a file, and the section that it is as a whole. */
final class YamlFile {
  private YamlFile() {}

  /**
   * The text of a file.
   *
   * @throws ConfigException when it cannot be read
   */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(
          List.of(file + ":0: file=" + file + ": allowed a file in UTF-8 that can be read"));
    }
  }

  /**
   * The keys of a text.
   *
   * @param file is named in problems only
   * @param problems of the file so far
   * @throws ConfigException when the text is no mapping of YAML
   */
  static Section root(Path file, String text, Problems problems) {
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    try {
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
}
