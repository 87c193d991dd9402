package io.orlop.platform.settings;

/** What the value of a setting may be. */
public enum SettingType {
  /** Any text. */
  TEXT,
  /** A text that is not blank. */
  FILLED_TEXT,
  /** A text that is encrypted in the database, and never shown. */
  PASSWORD,
  /** A text that is encrypted in the database, and shown to system administrators alone. */
  CONFIDENTIAL,
  /** True or false. */
  FLAG,
  /** A whole number that is not negative, of 31 bits. */
  NUMBER,
  /** A whole number from 1 to 9,999,999,999. */
  PERIOD,
  /** How deep LDAP searches: 0, 1 or 2. */
  LDAP_SCOPE,
  /** A number of bytes, or -1 for any. */
  QUOTA,
  /** The name of an {@link AuthMode}. */
  AUTH_MODE,
  /** The name of a {@link ProjectCreation}. */
  PROJECT_CREATION,
  /** What the names of robot accounts begin with. */
  ROBOT_PREFIX,
  /** A JSON object of texts, written as a text. */
  TEXT_MAP,
  /** A JSON object. */
  OBJECT;

  /** Tells whether values are encrypted in the database. */
  public boolean isSecret() {
    return this == PASSWORD || this == CONFIDENTIAL;
  }
}
