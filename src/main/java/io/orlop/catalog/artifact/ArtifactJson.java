package io.orlop.catalog.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.oci.Descriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of artifacts that hold JSON. */
@ApplicationScoped
public class ArtifactJson {
  /** An index of more children than this shows only the first ones: nobody reads so many. */
  private static final int MOST_CHILDREN = 500;

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private static final TypeReference<List<ChildReference>> CHILDREN = new TypeReference<>() {};

  private final ObjectMapper mapper;

  ArtifactJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Writes annotations. */
  String text(Map<String, String> annotations) {
    return write(annotations);
  }

  /** Writes what an index says of its children; null for what names none. */
  @Nullable String children(List<Descriptor> children) {
    return children.isEmpty() ? null : write(bounded(children));
  }

  /** Reads annotations. */
  public Map<String, String> texts(String text) {
    return read(text, TEXTS);
  }

  /** Reads what an index says of its children; null for what names none. */
  public List<ChildReference> children(@Nullable String text) {
    return text == null ? List.of() : read(text, CHILDREN);
  }

  /**
   * Reads what a statement has aggregated.
   *
   * @param text the JSON
   */
  public <T> T read(String text, TypeReference<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds JSON that is none", e);
    }
  }

  private static List<ChildReference> bounded(List<Descriptor> children) {
    List<ChildReference> entries = new ArrayList<>();
    for (Descriptor child : children.subList(0, Math.min(children.size(), MOST_CHILDREN))) {
      entries.add(ChildReference.of(child));
    }
    return entries;
  }

  private String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }
}
