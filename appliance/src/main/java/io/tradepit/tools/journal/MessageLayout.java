package io.tradepit.tools.journal;

import java.util.List;
import java.util.Optional;

/** A message of the schema and its fields, those of composites one by one. */
record MessageLayout(int templateId, String name, List<MessageField> fields) {
  static final List<MessageField> NO_FIELDS = List.of();

  MessageLayout {
    fields = List.copyOf(fields);
  }

  /** A field that stands in no composite. */
  Optional<MessageField> field(String fieldName) {
    return fields.stream()
        .filter(field -> field.group().isEmpty() && field.name().equals(fieldName))
        .findFirst();
  }

  /** The event's number in the feed, or null when it is never in it. */
  MessageField feedMessageNumber() {
    return field("feedMessageNumber").orElse(null);
  }

  int blockLength() {
    MessageField last = fields.getLast();
    return last.offset() + last.lengthBytes();
  }
}
