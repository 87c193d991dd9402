package io.orlop.security;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the words in braces of the table stand for in one attempt; made when they are asked for. */
final class Words {
  private static final Pattern WORD = Pattern.compile("\\{([a-z_]+)}");

  private final SecurityScene scene;
  private final Account person;
  private Account account;
  private final String path;
  private final List<Maker> makers;
  private final Map<String, String> known = new HashMap<>();

  /** Makes things of a kind. */
  interface Maker {
    /**
     * Returns what a word stands for, by all the words that it makes; nothing for others' words.
     */
    Map<String, String> make(String word, Words words);
  }

  /**
   * Prepares an attempt.
   *
   * @param person the caller, or somebody in the place of one who is no person
   * @param path of the repository, after the project's name
   */
  Words(SecurityScene scene, Account person, String path, List<Maker> makers) {
    this.scene = scene;
    this.person = person;
    this.account = person;
    this.path = path;
    this.makers = makers;
  }

  /** Makes a name that nothing has. */
  static String newName() {
    return "n-" + UUID.randomUUID().toString().substring(0, 18);
  }

  SecurityScene scene() {
    return scene;
  }

  Account person() {
    return person;
  }

  /** Says what the caller signs in as. */
  void speaks(Account caller) {
    account = caller;
  }

  /** Returns the repository's name. */
  String repository() {
    return scene.project().name() + "/" + path;
  }

  /** Puts things in the place of words. */
  String fill(String text) {
    return WORD.matcher(text).replaceAll(match -> Matcher.quoteReplacement(get(match.group(1))));
  }

  /** Says what a word stands for. */
  void put(String word, String thing) {
    known.put(word, thing);
  }

  String get(String word) {
    switch (word) {
      case "caller" -> {
        return account.name();
      }
      case "caller_form" -> {
        return URLEncoder.encode(account.name(), StandardCharsets.UTF_8);
      }
      case "caller_password" -> {
        return account.password();
      }
      default -> {
        if (!known.containsKey(word)) {
          make(word).forEach(known::putIfAbsent);
        }
      }
    }
    return Objects.requireNonNull(known.get(word), word);
  }

  private Map<String, String> make(String word) {
    return switch (word) {
      case "new", "bytes" -> Map.of(word, newName());
      case "number" -> Map.of(word, Long.toString((1L << 40) + (newName().hashCode() & 0xffffffL)));
      case "bytes_digest" ->
          Map.of(word, Digest.of(get("bytes").getBytes(StandardCharsets.UTF_8)).toString());
      case "project_name", "project_name_or_id" -> Map.of(word, scene.project().name());
      case "project_id" -> Map.of(word, Long.toString(scene.project().id()));
      case "repository", "name" -> Map.of(word, repository());
      case "repository_name" -> Map.of(word, path.replace("/", "%252F"));
      case "caller_id" -> Map.of(word, Long.toString(person.id()));
      default ->
          makers.stream()
              .map(maker -> maker.make(word, this))
              .filter(made -> made.containsKey(word))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(word));
    };
  }
}
