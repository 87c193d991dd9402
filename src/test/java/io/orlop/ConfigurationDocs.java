package io.orlop;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the tables of docs/configuration.md from the interfaces that read the settings, with their
 * Javadoc as the text.
 */
final class ConfigurationDocs {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** A property. */
  record Setting(String name, Optional<String> byDefault, String meaning) {
    String environment() {
      return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    String row() {
      return "| `%s` | `%s` | %s | %s |"
          .formatted(
              name, environment(), byDefault.map(text -> "`" + text + "`").orElse("none"), meaning);
    }
  }

  private ConfigurationDocs() {}

  /** Returns all sections, in the order of their prefixes. */
  static String render() {
    return new ClassFileImporter()
        .importPath(Path.of("target", "classes")).stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .sorted(Comparator.comparing(ConfigurationDocs::prefix))
            .map(ConfigurationDocs::section)
            .collect(Collectors.joining("\n"));
  }

  private static String section(Class<?> mapping) {
    String rows = settings(mapping).stream().map(Setting::row).collect(Collectors.joining("\n"));
    return """
    ## `%s`
    %s

    | setting | environment | default | meaning |
    |---|---|---|---|
    %s
    """
        .formatted(prefix(mapping), javadocBefore(mapping, "public interface"), rows);
  }

  private static List<Setting> settings(Class<?> mapping) {
    return Arrays.stream(mapping.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !method.isDefault())
        .map(method -> setting(mapping, method))
        .sorted(Comparator.comparing(Setting::name))
        .toList();
  }

  private static Setting setting(Class<?> mapping, Method method) {
    Class<?> type = method.getReturnType();
    if (type.isInterface() && type.getName().startsWith("io.orlop.")) {
      throw new IllegalStateException("Groups of settings are not documented yet: " + method);
    }
    WithName given = method.getAnnotation(WithName.class);
    WithDefault byDefault = method.getAnnotation(WithDefault.class);
    return new Setting(
        prefix(mapping) + "." + (given == null ? kebab(method.getName()) : given.value()),
        Optional.ofNullable(byDefault).map(WithDefault::value),
        javadocBefore(mapping, " " + method.getName() + "();"));
  }

  private static String prefix(Class<?> mapping) {
    return mapping.getAnnotation(ConfigMapping.class).prefix();
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** Returns the comment before a declaration, as one line of Markdown. */
  private static String javadocBefore(Class<?> mapping, String declaration) {
    String source = read(SOURCES.resolve(mapping.getName().replace('.', '/') + ".java"));
    int end = source.indexOf(declaration);
    Matcher comments =
        Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL).matcher(source.substring(0, end));
    String last = "";
    while (comments.find()) {
      // A statement in between: the comment belongs to another declaration.
      boolean near = source.substring(comments.end(), end).indexOf(';') < 0;
      last = near ? comments.group(1) : "";
    }
    if (last.isEmpty()) {
      throw new IllegalStateException(mapping + " has no Javadoc for " + declaration);
    }
    return last.replaceAll("(?m)^\\s*\\*", " ")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
        .replace("<p>", "")
        .replace("|", "\\|")
        .strip();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
