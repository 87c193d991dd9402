package io.orlop.catalog.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;

/**
 * Reads off a config what the API tells of it: of an image a few members, of anything else all of
 * them. A config that is no JSON object says nothing.
 */
@ApplicationScoped
class ConfigAttributes {
  /** What nothing is said by. */
  static final String NONE = "{}";

  /** Larger ones are left out: a page has a hundred of them. */
  private static final int MOST_CHARACTERS = 256 * 1024;

  private static final List<String> OF_IMAGE = List.of("created", "architecture", "os", "config");
  private static final List<String> AUTHOR_LABELS =
      List.of("org.opencontainers.image.authors", "maintainer");

  private final ObjectMapper mapper;

  ConfigAttributes(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns the attributes as JSON. */
  String read(String type, byte[] config) {
    JsonNode node = parse(config);
    if (!(node instanceof ObjectNode object)) {
      return NONE;
    }
    String text = write(type.equals("IMAGE") ? ofImage(object) : object);
    return text.length() <= MOST_CHARACTERS ? text : NONE;
  }

  /** Returns one member of a config; missing if it has none. */
  JsonNode member(byte[] config, String name) {
    return parse(config).path(name);
  }

  private ObjectNode ofImage(ObjectNode config) {
    ObjectNode attributes = mapper.createObjectNode();
    for (String member : OF_IMAGE) {
      if (config.has(member)) {
        attributes.set(member, config.get(member));
      }
    }
    return attributes.put("author", author(config));
  }

  private static String author(ObjectNode config) {
    String author = config.path("author").asText("");
    for (String label : AUTHOR_LABELS) {
      if (author.isEmpty()) {
        author = config.path("config").path("Labels").path(label).asText("");
      }
    }
    return author;
  }

  private JsonNode parse(byte[] config) {
    try {
      JsonNode node = mapper.readTree(config);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance(); // Anybody may push a config that is no JSON.
    }
  }

  private String write(JsonNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }
}
