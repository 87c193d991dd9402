package io.orlop.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What Harbor calls the parameters of its paths, and how it writes them. */
public final class ApiPaths {
  /** A project's name or id. */
  public static final String PROJECT = "project_name_or_id";

  /** A project's name, where an id is not taken. */
  public static final String PROJECT_NAME = "project_name";

  /** A repository's name without its project. */
  public static final String REPOSITORY = "repository_name";

  /** The header that says that {@link #PROJECT} is a name even if it is made of digits. */
  public static final String IS_RESOURCE_NAME = "X-Is-Resource-Name";

  private ApiPaths() {}

  /**
   * Reads a repository's name, whose slashes are escaped once by some clients and twice by others.
   */
  public static String repository(String parameter) {
    // '%' is in no name, so this is an escape of the second kind; a broken one is no name either.
    try {
      return parameter.indexOf('%') < 0
          ? parameter
          : URLDecoder.decode(parameter.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return parameter;
    }
  }
}
