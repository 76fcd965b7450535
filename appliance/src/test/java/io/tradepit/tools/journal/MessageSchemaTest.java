package io.tradepit.tools.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The schema as this package reads it against the codecs that were generated from it. */
@Timeout(30)
class MessageSchemaTest {
  private static final Map<String, Class<?>> COMPOSITES =
      Map.of("origin", OriginDecoder.class, "tags", TagsDecoder.class);

  @Test
  void shouldPlaceEveryFieldWhereTheGeneratedCodecsHaveIt() throws Exception {
    int fields = 0;
    MessageSchema schema = MessageSchema.read();
    for (MessageLayout message : schema.messages()) {
      Class<?> decoder =
          Class.forName(
              MessageHeaderDecoder.class.getPackageName() + "." + message.name() + "Decoder");
      assertEquals(constant(decoder, "TEMPLATE_ID"), message.templateId());
      assertEquals(constant(decoder, "BLOCK_LENGTH"), message.blockLength(), message.name());
      for (MessageField field : message.fields()) {
        assertEquals(offset(decoder, field), field.offset(), message.name() + "." + field.name());
        fields++;
      }
    }
    assertTrue(schema.messages().size() >= 45 && fields > 300, "fields=" + fields);
  }

  private static int offset(Class<?> decoder, MessageField field) throws Exception {
    if (field.group().isEmpty()) {
      return call(decoder, field.name() + "EncodingOffset");
    }
    return call(decoder, field.group() + "EncodingOffset")
        + call(COMPOSITES.get(field.group()), field.name() + "EncodingOffset");
  }

  private static int call(Class<?> decoder, String method) throws Exception {
    return (int) decoder.getMethod(method).invoke(null);
  }

  private static int constant(Class<?> decoder, String name) throws Exception {
    return decoder.getField(name).getInt(null);
  }

  @Test
  void shouldNameWhatItDoesNotKnow() {
    assertEquals("template9999", MessageSchema.read().name(9999));
    assertEquals("EnterOrder", MessageSchema.read().name(1));
  }
}
