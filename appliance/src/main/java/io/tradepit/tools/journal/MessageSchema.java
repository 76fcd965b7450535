package io.tradepit.tools.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The messages of the segment's schema, read from the very file that the codecs are generated from:
 * a reader of any message needs no code for each.
 *
 * <p>Fields stand one behind the other; the schema has no groups and no data of varying length. A
 * message that was written by an older schema is shorter: its last fields are not there.
 */
final class MessageSchema {
  private static final String RESOURCE = "/tradepit/segment.xml";

  private final Map<String, Element> types = new HashMap<>();
  private final Map<Integer, MessageLayout> messages = new HashMap<>();

  private MessageSchema(Document schema) {
    Node declared = schema.getElementsByTagName("types").item(0);
    for (Element type : children(declared)) {
      types.put(type.getAttribute("name"), type);
    }
    NodeList all = schema.getElementsByTagName("sbe:message");
    for (int i = 0; i < all.getLength(); i++) {
      MessageLayout layout = layout((Element) all.item(i));
      messages.put(layout.templateId(), layout);
    }
  }

  /** The schema of this build. */
  static MessageSchema read() {
    try (InputStream file = MessageSchema.class.getResourceAsStream(RESOURCE)) {
      return new MessageSchema(
          DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file));
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("schema=" + RESOURCE + ": " + e.getMessage(), e);
    }
  }

  /** The message of a template, or null when this build's schema has none. */
  MessageLayout message(int templateId) {
    return messages.get(templateId);
  }

  /** A name for every template. */
  String name(int templateId) {
    MessageLayout message = messages.get(templateId);
    return message == null ? "template" + templateId : message.name();
  }

  List<MessageLayout> messages() {
    return List.copyOf(messages.values());
  }

  private MessageLayout layout(Element message) {
    List<MessageField> fields = new ArrayList<>();
    int offset = 0;
    for (Element field : children(message)) {
      offset = add(fields, field.getAttribute("name"), field.getAttribute("type"), offset);
    }
    int templateId = Integer.parseInt(message.getAttribute("id"));
    return new MessageLayout(templateId, message.getAttribute("name"), fields);
  }

  /** Adds a field, or those of a composite; returns the offset behind. */
  private int add(List<MessageField> fields, String name, String type, int offset) {
    Element declared = types.get(type);
    if (declared == null || !declared.getTagName().equals("composite")) {
      MessageField field = field("", name, type, declared, offset);
      fields.add(field);
      return offset + field.lengthBytes();
    }
    int next = offset;
    for (Element part : children(declared)) {
      MessageField field = field(name, part.getAttribute("name"), "", part, next);
      fields.add(field);
      next += field.lengthBytes();
    }
    return next;
  }

  private static MessageField field(
      String group, String name, String type, Element declared, int offset) {
    if (declared == null) {
      return new MessageField(group, name, type, type, offset, 1);
    }
    String length = declared.getAttribute("length");
    int count = length.isEmpty() ? 1 : Integer.parseInt(length);
    String primitive = declared.getAttribute("primitiveType");
    return new MessageField(group, name, type, primitive, offset, count);
  }

  private static List<Element> children(Node parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
