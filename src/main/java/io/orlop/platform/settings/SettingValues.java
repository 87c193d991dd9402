package io.orlop.platform.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the values of settings from JSON into the texts in which they are kept, and back.
 *
 * <p>What is no value of the setting is refused with a message that names it: a wrong type as
 * UNPROCESSABLE_ENTITY, a wrong value as BAD_REQUEST.
 */
@ApplicationScoped
public class SettingValues {
  private static final long LONGEST_PERIOD = 9_999_999_999L;
  private static final int DEEPEST_SCOPE = 2;

  /** Ends in what no name of a person ends in, and has nothing that breaks Basic credentials. */
  private static final Pattern ROBOT_PREFIX =
      Pattern.compile("[\\x21-\\x7e&&[^:/@\"\\\\,]]{0,63}[\\x21-\\x7e&&[^:/@\"\\\\,A-Za-z0-9]]");

  private final ObjectMapper mapper;

  SettingValues(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads a value.
   *
   * @return the text to keep
   */
  public String read(SettingKey key, JsonNode value) {
    return switch (key.type()) {
      case TEXT, PASSWORD, CONFIDENTIAL -> text(key, value);
      case FILLED_TEXT -> require(key, text(key, value), text -> !text.isBlank(), "not be empty");
      case FLAG -> flag(key, value);
      case NUMBER -> number(key, value, 0, Integer.MAX_VALUE);
      case PERIOD -> number(key, value, 1, LONGEST_PERIOD);
      case LDAP_SCOPE -> number(key, value, 0, DEEPEST_SCOPE);
      case QUOTA -> quota(key, value);
      case AUTH_MODE ->
          require(
              key,
              text(key, value),
              text -> AuthMode.byWireName(text).isPresent(),
              "be one of db_auth, ldap_auth, uaa_auth, http_auth, oidc_auth");
      case PROJECT_CREATION ->
          require(
              key,
              text(key, value),
              text -> ProjectCreation.byWireName(text).isPresent(),
              "be everyone or adminonly");
      case ROBOT_PREFIX ->
          require(
              key,
              text(key, value),
              text -> ROBOT_PREFIX.matcher(text).matches(),
              "have 1 to 64 printable characters without : / @ \" \\ , or spaces, of which the last"
                  + " is no letter and no digit");
      case TEXT_MAP -> map(key, text(key, value));
      case OBJECT -> object(key, value);
    };
  }

  /** Returns a kept value as JSON. */
  public JsonNode show(SettingKey key, String value) {
    return switch (key.type()) {
      case TEXT, FILLED_TEXT, CONFIDENTIAL, AUTH_MODE, PROJECT_CREATION, ROBOT_PREFIX, TEXT_MAP ->
          TextNode.valueOf(value);
      case PASSWORD -> TextNode.valueOf("");
      case FLAG -> BooleanNode.valueOf(Boolean.parseBoolean(value));
      case NUMBER, PERIOD, LDAP_SCOPE, QUOTA -> LongNode.valueOf(Long.parseLong(value));
      case OBJECT -> parse(value).orElseGet(mapper::createObjectNode);
    };
  }

  private interface Test {
    boolean passes(String text);
  }

  private static String require(SettingKey key, String text, Test test, String rule) {
    if (!test.passes(text)) {
      throw invalid(key, rule);
    }
    return text;
  }

  private static String text(SettingKey key, JsonNode value) {
    if (!value.isTextual()) {
      throw mistyped(key, "a string");
    }
    return require(key, value.textValue(), text -> text.indexOf('\0') < 0, "not hold a NUL");
  }

  private static String flag(SettingKey key, JsonNode value) {
    if (!value.isBoolean()) {
      throw mistyped(key, "true or false");
    }
    return value.asText();
  }

  private static String number(SettingKey key, JsonNode value, long least, long most) {
    if (!value.isIntegralNumber()) {
      throw mistyped(key, "a whole number");
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      throw invalid(key, "be from " + least + " to " + most);
    }
    return value.asText();
  }

  private static String quota(SettingKey key, JsonNode value) {
    String bytes = number(key, value, -1, Long.MAX_VALUE);
    return require(key, bytes, text -> !text.equals("0"), "be -1 or greater than 0");
  }

  private String map(SettingKey key, String text) {
    if (text.isBlank()) {
      return key.defaultValue();
    }
    return require(
        key,
        text,
        json ->
            parse(json)
                .filter(JsonNode::isObject)
                .filter(object -> object.valueStream().allMatch(JsonNode::isTextual))
                .isPresent(),
        "be a JSON object of strings, written as a string");
  }

  private static String object(SettingKey key, JsonNode value) {
    if (!value.isObject()) {
      throw mistyped(key, "an object");
    }
    return require(key, value.toString(), text -> !text.contains("\\u0000"), "not hold a NUL");
  }

  private Optional<JsonNode> parse(String json) {
    try {
      return Optional.of(mapper.readTree(json)).filter(node -> !(node instanceof MissingNode));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static RegistryException mistyped(SettingKey key, String expected) {
    return ErrorCode.UNPROCESSABLE_ENTITY.exception(
        key.wireName() + " in body must be " + expected);
  }

  private static RegistryException invalid(SettingKey key, String rule) {
    return ErrorCode.BAD_REQUEST.exception("the value of " + key.wireName() + " must " + rule);
  }
}
