package io.orlop.system.bootstrap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The flags of {@code orlop run}, each of which is a setting by another name. */
final class Flags {
  private static final Map<String, String> SETTINGS =
      Map.of("--port", "orlop.port", "--data", "orlop.data");

  static final String USAGE =
      """
      Usage: orlop run [--port N] [--data DIR]
        --port N    the port to serve HTTP on (ORLOP_PORT; 8080)
        --data DIR  the folder that everything is kept in (ORLOP_DATA; ./data)
      """;

  private Flags() {}

  /**
   * Reads {@code --name value} and {@code --name=value}.
   *
   * @return the settings by their property names
   * @throws UsageException if there is anything else
   */
  static Map<String, String> parse(List<String> words) {
    Map<String, String> settings = new HashMap<>();
    var rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      int equals = word.indexOf('=');
      String flag = equals < 0 ? word : word.substring(0, equals);
      String setting = SETTINGS.get(flag);
      if (setting == null) {
        throw new UsageException("Unknown argument: " + word + "\n" + USAGE);
      }
      if (equals < 0 && !rest.hasNext()) {
        throw new UsageException("A value is missing after " + flag + "\n" + USAGE);
      }
      settings.put(setting, equals < 0 ? rest.next() : word.substring(equals + 1));
    }
    return settings;
  }
}
