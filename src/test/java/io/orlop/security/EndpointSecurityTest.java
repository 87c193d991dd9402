package io.orlop.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody knocks at every endpoint: those who may get in, all others get 401 or 403. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class EndpointSecurityTest {
  private static final List<Class<? extends Annotation>> METHODS =
      List.of(GET.class, HEAD.class, POST.class, PUT.class, PATCH.class, DELETE.class);

  @Inject Accounts accounts;
  @Inject TestRegistry registry;
  @Inject Fingerprint fingerprint;
  private final SecurityTable table = new SecurityTable();

  @Test
  void everyEndpointHasItsRow() {
    Set<String> rows = table.operations().stream().map(Operation::key).collect(Collectors.toSet());

    assertThat(served()).isSubsetOf(rows);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsInWhomTheTableNamesAndNobodyElse(boolean isPublic) {
    SecurityScene scene = new SecurityScene(table, accounts, isPublic);
    push(scene, SecurityScene.INSIDE);
    push(scene, SecurityScene.OUTSIDE);
    Set<String> served = served();

    List<String> deviations = new ArrayList<>();
    for (Operation operation : table.operations()) {
      if (served.contains(operation.key()) && !operation.rule().equals("elsewhere")) {
        deviations.addAll(deviations(operation, scene));
      }
    }

    assertThat(deviations).isEmpty();
  }

  /** Those who are to be refused come first: what they leave behind is not what others made. */
  private List<String> deviations(Operation operation, SecurityScene scene) {
    List<String> deviations = new ArrayList<>();
    String target = scene.prepare(operation);
    String before = fingerprint.of(scene.projectId());
    callers(operation, scene, false)
        .forEach(caller -> deviations.addAll(attempt(operation, caller, scene, target)));
    if (!fingerprint.of(scene.projectId()).equals(before)) {
      deviations.add(operation.key() + " was refused, but changed something");
    }
    callers(operation, scene, true)
        .forEach(caller ->
            deviations.addAll(attempt(operation, caller, scene, scene.prepare(operation))));
    return deviations;
  }

  private Stream<Caller> callers(Operation operation, SecurityScene scene, boolean admitted) {
    return Stream.of(Caller.values())
        .filter(caller -> caller != Caller.ROBOT_WITH_THE_RIGHT || table.isForRobots(operation))
        .filter(caller -> table.admits(operation, caller, scene.isPublic()) == admitted);
  }

  private List<String> attempt(
      Operation operation, Caller caller, SecurityScene scene, String target) {
    Response answer = scene.attempt(operation, caller, target);
    boolean wanted = table.admits(operation, caller, scene.isPublic());
    return isAsWanted(operation, caller, answer.statusCode(), wanted)
        ? List.of()
        : List.of(
            "%s as %s is %s, but answered %d %s"
                .formatted(
                    operation.key(),
                    caller,
                    wanted ? "allowed" : "forbidden",
                    answer.statusCode(),
                    answer.asString().strip()));
  }

  private static boolean isAsWanted(
      Operation operation, Caller caller, int status, boolean wanted) {
    if (wanted) {
      return status != 401 && status != 403 && status < 500;
    }
    boolean unknown = caller == Caller.ANONYMOUS || operation.rule().equals("closed");
    return status == (unknown ? 401 : 403);
  }

  private void push(SecurityScene scene, String path) {
    registry.as(registry.administrator()).repository(scene.repository(path)).pushImage("v1");
  }

  private static Set<String> served() {
    Set<String> served = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter().importPath(java.nio.file.Path.of("target", "classes"))) {
      for (JavaMethod method : type.getMethods()) {
        if (method.isMetaAnnotatedWith(HttpMethod.class)) {
          served.add(verb(method) + " " + template(type, method));
        }
      }
    }
    return served;
  }

  private static String verb(JavaMethod method) {
    return METHODS.stream()
        .filter(method::isAnnotatedWith)
        .map(Class::getSimpleName)
        .findFirst()
        .orElseThrow(() -> new AssertionError("unknown method of " + method.getFullName()));
  }

  private static String template(JavaClass type, JavaMethod method) {
    String below =
        method.isAnnotatedWith(Path.class) ? method.getAnnotationOfType(Path.class).value() : "";
    String whole = type.getAnnotationOfType(Path.class).value() + "/" + below;
    return whole
        .replaceAll("\\{(\\w+):[^}]*}", "{$1}")
        .replaceAll("/{2,}", "/")
        .replaceAll("(?<=.)/$", "");
  }
}
