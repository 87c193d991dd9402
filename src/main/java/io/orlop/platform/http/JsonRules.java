package io.orlop.platform.http;

import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Boolean;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Float;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Integer;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.String;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * JSON as the API's contract means it: unknown members are ignored, a value of another type than
 * the contract's is refused and never converted, times are RFC 3339 with milliseconds in UTC.
 */
@Singleton
class JsonRules implements ObjectMapperCustomizer {

  /** Last, so that the framework's own way to write times does not win. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    refuse(mapper, LogicalType.Textual, Set.of(Boolean, Integer, Float));
    refuse(mapper, LogicalType.Boolean, Set.of(String, Integer, Float));
    refuse(mapper, LogicalType.Integer, Set.of(String, Boolean, Float));
    refuse(mapper, LogicalType.Float, Set.of(String, Boolean));
    mapper.registerModule(
        new SimpleModule("orlop-times").addSerializer(Instant.class, new Timestamps()));
  }

  private static void refuse(
      ObjectMapper mapper, LogicalType wanted, Set<CoercionInputShape> sent) {
    sent.forEach(shape -> mapper.coercionConfigFor(wanted).setCoercion(shape, CoercionAction.Fail));
  }

  private static final class Timestamps extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    Timestamps() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(FORMAT.format(value));
    }
  }
}
