package io.orlop.catalog.project;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What people can set for a project, with the names that Harbor's clients use. All values are
 * texts; those of features that are not there yet are kept all the same.
 */
public enum MetadataKey {
  PUBLIC(Type.TRUTH),
  ENABLE_CONTENT_TRUST(Type.TRUTH),
  ENABLE_CONTENT_TRUST_COSIGN(Type.TRUTH),
  PREVENT_VUL(Type.TRUTH),
  SEVERITY(Type.SEVERITY),
  AUTO_SCAN(Type.TRUTH),
  AUTO_SBOM_GENERATION(Type.TRUTH),
  REUSE_SYS_CVE_ALLOWLIST(Type.TRUTH),
  RETENTION_ID(Type.GIVEN),
  PROXY_SPEED_KB(Type.NUMBER),
  MAX_UPSTREAM_CONN(Type.NUMBER),
  PROXY_CACHE_LOCAL_ON_NOT_FOUND(Type.TRUTH);

  private static final Map<String, MetadataKey> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(MetadataKey::wireName, Function.identity()));

  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
  private static final Set<String> SEVERITIES =
      Set.of("none", "negligible", "low", "medium", "high", "critical");

  private final Type type;

  MetadataKey(Type type) {
    this.type = type;
  }

  private enum Type {
    TRUTH,
    SEVERITY,
    NUMBER,
    /** Set by us, never by a client. */
    GIVEN
  }

  /** Returns the name that clients use. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a key by its name. */
  public static Optional<MetadataKey> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * Reads a value as a client wrote it.
   *
   * @return the value as it is kept
   * @throws RegistryException BAD_REQUEST if the key cannot have it
   */
  public String read(String value) {
    return switch (type) {
      case TRUTH -> truth(value);
      case SEVERITY -> severity(value);
      case NUMBER -> number(value);
      case GIVEN -> throw refusal("cannot be set by a client");
    };
  }

  /** Tells whether clients may only repeat the value that is there. */
  boolean isGiven() {
    return type == Type.GIVEN;
  }

  private String truth(String value) {
    if (TRUE.contains(value)) {
      return "true";
    }
    if (FALSE.contains(value)) {
      return "false";
    }
    throw refusal("must be \"true\" or \"false\"");
  }

  private String severity(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (SEVERITIES.contains(lower)) {
      return lower;
    }
    throw refusal("must be none, low, medium, high or critical");
  }

  private String number(String value) {
    try {
      if (Integer.parseInt(value) >= -1) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal("must be a whole number from -1").causedBy(e);
    }
    throw refusal("must be a whole number from -1");
  }

  private RegistryException refusal(String why) {
    return ErrorCode.BAD_REQUEST.exception("metadata." + wireName() + " in body " + why);
  }
}
