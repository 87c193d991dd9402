package io.orlop.api.robot;

import io.orlop.platform.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Whose a robot account is. */
enum RobotLevel {
  SYSTEM("system"),
  PROJECT("project");

  private final String wireName;

  RobotLevel(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  static RobotLevel parse(@Nullable String text) {
    for (RobotLevel level : values()) {
      if (level.wireName.equals(text)) {
        return level;
      }
    }
    throw ErrorCode.BAD_REQUEST.exception("bad request error level input: " + text);
  }
}
