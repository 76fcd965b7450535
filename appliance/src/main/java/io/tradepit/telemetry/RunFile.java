package io.tradepit.telemetry;

import io.tradepit.telemetry.RunDescription.Load;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A {@link RunDescription} as a file of JSON.
 *
 * <pre>
 *   kind         text         started       text, ISO 8601 in UTC
 *   durationS    number       orders        number
 *   offeredRate, achievedRate number; kept  true or false; keptRule, keptReason text: all or none
 *   stamps       list of {leg, from, to, where}
 *   environment  text by text notes         list of text
 * </pre>
 *
 * Read as YAML 1.2, of which JSON is a part. Any thread.
 */
public final class RunFile {
  private RunFile() {}

  /**
   * Writes the file anew; a reader sees the old one or the new one, never a part.
   *
   * @throws UncheckedIOException naming the file
   */
  public static void write(Path file, RunDescription run) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, json(run));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be written", e);
    }
  }

  /**
   * @throws UncheckedIOException when the file cannot be read
   * @throws IllegalArgumentException naming the file and what is not allowed in it
   */
  public static RunDescription read(Path file) {
    try {
      String text = Files.readString(file);
      var load = new org.snakeyaml.engine.v2.api.Load(LoadSettings.builder().build());
      if (load.loadFromString(text) instanceof Map<?, ?> values) {
        return run(new Fields(file, values));
      }
      throw new IllegalArgumentException("file=" + file + ": allowed a JSON object");
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("file=" + file + ": allowed JSON; " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be read", e);
    }
  }

  /** The JSON of a description, a field a line. */
  public static String json(RunDescription run) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", Json.text(run.kind()));
    fields.put("started", Json.text(run.started().toString()));
    fields.put("durationS", number(run.durationS()));
    run.load().ifPresent(load -> put(fields, load));
    fields.put("orders", Long.toString(run.orders()));
    fields.put(
        "stamps",
        run.stamps().stream().map(RunFile::json).collect(Collectors.joining(",", "[", "]")));
    fields.put("environment", Json.object(run.environment()));
    fields.put("notes", Json.texts(run.notes()));
    return fields.entrySet().stream()
        .map(field -> Json.text(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private static void put(Map<String, String> fields, Load load) {
    fields.put("offeredRate", number(load.offeredRate()));
    fields.put("achievedRate", number(load.achievedRate()));
    fields.put("kept", Boolean.toString(load.kept()));
    fields.put("keptRule", Json.text(load.rule()));
    fields.put("keptReason", Json.text(load.reason()));
  }

  private static String json(StampPoint point) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("leg", point.leg());
    fields.put("from", point.from());
    fields.put("to", point.to());
    fields.put("where", point.where());
    return Json.object(fields);
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("number=" + value + ": allowed a finite one");
    }
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static RunDescription run(Fields fields) {
    return new RunDescription(
        fields.text("kind"),
        fields.time("started"),
        fields.number("durationS"),
        fields.has("offeredRate") ? Optional.of(load(fields)) : Optional.empty(),
        (long) fields.number("orders"),
        fields.objects("stamps").stream().map(RunFile::point).toList(),
        fields.texts("environment"),
        fields.list("notes").stream().map(Object::toString).toList());
  }

  private static Load load(Fields fields) {
    return new Load(
        fields.number("offeredRate"),
        fields.number("achievedRate"),
        fields.bool("kept"),
        fields.text("keptRule"),
        fields.text("keptReason"));
  }

  private static StampPoint point(Fields fields) {
    return new StampPoint(
        fields.text("leg"), fields.text("from"), fields.text("to"), fields.text("where"));
  }

  /** The fields of one object; a value of another kind than asked for is named with its file. */
  private record Fields(Path file, Map<?, ?> values) {
    boolean has(String name) {
      return values.containsKey(name);
    }

    String text(String name) {
      return value(name, String.class, "a text");
    }

    double number(String name) {
      return value(name, Number.class, "a number").doubleValue();
    }

    boolean bool(String name) {
      return value(name, Boolean.class, "true or false");
    }

    List<?> list(String name) {
      return value(name, List.class, "a list");
    }

    Instant time(String name) {
      try {
        return Instant.parse(text(name));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(problem(name, "a time, ISO 8601 in UTC"), e);
      }
    }

    List<Fields> objects(String name) {
      return list(name).stream()
          .map(element -> {
            if (element instanceof Map<?, ?> object) {
              return new Fields(file, object);
            }
            throw new IllegalArgumentException(problem(name, "a list of objects"));
          })
          .toList();
    }

    Map<String, String> texts(String name) {
      Map<?, ?> object = value(name, Map.class, "an object");
      Map<String, String> texts = new LinkedHashMap<>();
      object.forEach((key, text) -> texts.put(key.toString(), String.valueOf(text)));
      return texts;
    }

    private <T> T value(String name, Class<T> type, String allowed) {
      if (!type.isInstance(values.get(name))) {
        throw new IllegalArgumentException(problem(name, allowed));
      }
      return type.cast(values.get(name));
    }

    private String problem(String name, String allowed) {
      return "file=" + file + " " + name + "=" + values.get(name) + ": allowed " + allowed;
    }
  }
}
