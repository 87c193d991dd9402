package io.orlop.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a dump what an Orlop of an earlier schema would have written of the same registry. */
final class OlderDump {
  private static final String SCRIPT = "V202611221230__uploads_by_principal.sql";
  private static final String VERSION = "202611221230";

  /** The tables of that schema, with their columns; those that change nothing here are left out. */
  private static final Map<String, List<String>> TABLES =
      Map.ofEntries(
          table(
              "users",
              "id",
              "username",
              "email",
              "realname",
              "password_hash",
              "credential_version",
              "sysadmin",
              "created_at",
              "updated_at"),
          table(
              "signing_key",
              "kid",
              "algorithm",
              "public_key",
              "private_key",
              "created_at",
              "signs_from",
              "verifies_until"),
          table("project", "id", "name", "public", "owner_id", "created_at", "updated_at"),
          table("project_member", "project_id", "user_id", "role", "created_at"),
          table("repository", "id", "project_id", "name", "created_at", "listed_at"),
          table(
              "blob",
              "id",
              "digest",
              "size",
              "storage_key",
              "created_at",
              "condemned_at",
              "checked_at",
              "damaged_at",
              "damage"),
          table("repository_blob", "repository_id", "blob_id", "touched_at"),
          table(
              "artifact",
              "id",
              "repository_id",
              "digest",
              "media_type",
              "artifact_type",
              "config_media_type",
              "subject_digest",
              "annotations",
              "manifest",
              "size",
              "pushed_at"),
          table("artifact_blob", "artifact_id", "repository_id", "blob_id"),
          table("artifact_child", "parent_id", "repository_id", "child_digest"),
          table("tag", "repository_id", "name", "artifact_id", "created_at", "updated_at"),
          table("installation", "name", "value"));

  private static final Set<String> SEQUENCES =
      Set.of(
          "users_id_seq", "project_id_seq", "repository_id_seq", "blob_id_seq", "artifact_id_seq");

  private OlderDump() {}

  /** Takes out of a dump what that schema did not have. */
  static void make(Path dump) throws IOException {
    Path file = dump.resolve("manifest.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
    ObjectNode schema = (ObjectNode) manifest.path("schema");
    schema.put("version", VERSION).put("script", SCRIPT);
    Iterator<JsonNode> tables = manifest.path("tables").iterator();
    while (tables.hasNext()) {
      ObjectNode table = (ObjectNode) tables.next();
      List<String> kept = TABLES.get(table.path("name").asText());
      if (kept == null) {
        tables.remove();
      } else {
        cut(dump, table, kept);
      }
    }
    Iterator<JsonNode> sequences = manifest.path("sequences").iterator();
    while (sequences.hasNext()) {
      if (!SEQUENCES.contains(sequences.next().path("name").asText())) {
        sequences.remove();
      }
    }
    json.writeValue(file.toFile(), manifest);
  }

  /** Cuts the columns out of a table's file, whose rows are lines with tabs between the values. */
  private static void cut(Path dump, ObjectNode table, List<String> kept) throws IOException {
    List<Integer> places = new ArrayList<>();
    ArrayNode columns = table.arrayNode();
    for (int i = 0; i < table.path("columns").size(); i++) {
      String column = table.path("columns").path(i).asText();
      if (kept.contains(column)) {
        places.add(i);
        columns.add(column);
      }
    }
    Path file = dump.resolve(table.path("name").asText() + ".copy");
    StringBuilder rows = new StringBuilder();
    for (String row : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] values = row.split("\t", -1);
      rows.append(String.join("\t", places.stream().map(place -> values[place]).toList()))
          .append('\n');
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);
    table.set("columns", columns);
    table.put("sha256", Digest.of(DigestAlgorithm.SHA256, bytes).hex());
  }

  private static Map.Entry<String, List<String>> table(String name, String... columns) {
    return Map.entry(name, List.of(columns));
  }
}
