package io.orlop.access.explain;

import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether something may be done to something. */
public sealed interface Question {
  /** To the registry as a whole. */
  record OfSystem(SystemPermission permission) implements Question {}

  /**
   * To a project or what is in it.
   *
   * @param project its name or id
   * @param repository the path of a repository in it; empty if none is meant
   */
  record OfProject(String project, ProjectPermission permission, String repository)
      implements Question {}

  /**
   * Reads a question.
   *
   * @param resource {@code /system/user}, {@code /project/library}, {@code /project/1/tag} or
   *     {@code /project/library/repository/team/app}
   * @throws RegistryException BAD_REQUEST if there is no such resource or action
   */
  static Question parse(String resource, String action) {
    Matcher parts = Grammar.PARTS.matcher(resource);
    if (!parts.matches()) {
      throw ErrorCode.BAD_REQUEST.exception(
          "resource in query must be like /system/user, /project/library,"
              + " /project/library/tag or /project/library/repository/team/app");
    }
    if (parts.group("system") != null) {
      return SystemPermission.find(parts.group("system"), action)
          .map(OfSystem::new)
          .orElseThrow(() -> unknown(parts.group("system"), action));
    }
    String word = parts.group("word") == null ? "project" : parts.group("word");
    String repository = parts.group("repository") == null ? "" : parts.group("repository");
    return ProjectPermission.find(word, action)
        .map(permission -> new OfProject(parts.group("project"), permission, repository))
        .orElseThrow(() -> unknown(word, action));
  }

  private static RegistryException unknown(String resource, String action) {
    return ErrorCode.BAD_REQUEST.exception("there is no permission " + resource + ":" + action);
  }

  /** How questions are written. */
  final class Grammar {
    private static final Pattern PARTS =
        Pattern.compile(
            "/system/(?<system>[^/]+)"
                + "|/project/(?<project>[^/\\x00]+)(?:/(?<word>[^/]+)(?:/(?<repository>.+))?)?");

    private Grammar() {}
  }
}
