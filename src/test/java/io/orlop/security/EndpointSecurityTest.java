package io.orlop.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.orlop.identity.UserService;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.Request;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.contract.AnswerCheck;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everybody knocks at every endpoint: those who may get in, and what they do is done; all others
 * are refused, and nothing is done.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class EndpointSecurityTest {
  private static final List<Class<? extends Annotation>> METHODS =
      List.of(GET.class, HEAD.class, POST.class, PUT.class, PATCH.class, DELETE.class);
  private static final Account NOBODY = new Account(0, "nobody", "Wr0ng-password");

  @Inject TestRegistry registry;
  @Inject Database database;
  @Inject Fingerprint fingerprint;
  @Inject OwnThings ownThings;
  @Inject UserService users;
  private final SecurityTable table = new SecurityTable();
  private final AnswerCheck contract = new AnswerCheck();

  @Test
  void everyEndpointHasItsRow() {
    Set<String> rows = table.operations().stream().map(Operation::key).collect(Collectors.toSet());

    assertThat(served()).isSubsetOf(rows);
  }

  @Test
  void everyRowSaysHowItIsTriedOrWhichTestCoversIt() {
    Set<String> tried =
        table.operations().stream()
            .filter(operation -> !operation.rule().equals("elsewhere"))
            .filter(operation -> !operation.rule().equals("closed"))
            .map(Operation::name)
            .collect(Collectors.toSet());

    assertThat(table.tried()).containsExactlyInAnyOrderElementsOf(tried);
    for (Operation operation : table.operations()) {
      if (operation.rule().equals("elsewhere")) {
        assertThatCode(() -> Class.forName(operation.pair())).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void whateverChangesAnythingShowsWhatItChanges() {
    assertThat(
            table.operations().stream()
                .filter(operation -> operation.changes())
                .filter(operation -> !trial(operation).hasEffect())
                .map(Operation::name))
        .as("made to answer, not to change anything")
        .containsExactly("POST /service/token");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsInWhomTheTableNamesAndNobodyElse(boolean isPublic) {
    SecurityScene scene = new SecurityScene(table, registry, database, isPublic);
    List<String> deviations = new ArrayList<>();
    for (Operation operation : table.operations()) {
      if (!operation.rule().equals("elsewhere")) {
        scene.prepare(operation);
        settings(trial(operation), false);
        try {
          refusals(operation, scene, deviations);
          successes(operation, scene, deviations);
        } finally {
          settings(trial(operation), true);
        }
      }
    }

    assertThat(deviations).isEmpty();
  }

  private Trial trial(Operation operation) {
    Trial trial = table.trial(operation);
    return trial == null ? new Trial() : trial;
  }

  private Map<String, String> trace(Operation operation, SecurityScene scene) {
    return operation.changes() ? fingerprint.of(scene.project().id()) : Map.of();
  }

  /** Those who are to be refused share what they try it at: none may leave a trace. */
  private void refusals(Operation operation, SecurityScene scene, List<String> deviations) {
    Trial trial = trial(operation);
    Map<Boolean, List<Knock>> sides =
        knocks(operation, trial, scene, false)
            .collect(Collectors.partitioningBy(knock -> isOutside(knock.caller())));
    sides.forEach((outside, knocks) -> {
      if (knocks.isEmpty()) {
        return;
      }
      Words words =
          words(operation, scene, scene.account(Caller.STRANGER), outside, Optional.empty());
      Optional<Sight> before = sight(trial, words);
      Map<String, String> trace = trace(operation, scene);
      for (Knock knock : knocks) {
        Answer answer = send(knock, words, account(scene, knock));
        if (answer.status() != refusal(knock) || leaks(answer, trial, words)) {
          deviations.add("%s is forbidden, but was answered %s".formatted(knock, brief(answer)));
        }
      }
      Optional<Sight> after = sight(trial, words);
      Map<String, String> left = trace(operation, scene);
      if (!after.equals(before) || !left.equals(trace)) {
        deviations.add(
            "%s were refused, but left a trace: %s became %s, %s became %s"
                .formatted(knocks, before, after, trace, left));
      }
    });
  }

  /** Those who are let in have it done to something of their own each, unless they only look. */
  private void successes(Operation operation, SecurityScene scene, List<String> deviations) {
    Trial trial = trial(operation);
    Map<Boolean, Words> looked = new HashMap<>();
    knocks(operation, trial, scene, true)
        .forEach(knock -> {
          boolean alone = trial.hasEffect() || trial.isAboutCaller() || isUpload(operation);
          Words words =
              alone
                  ? words(knock, scene)
                  : looked.computeIfAbsent(isOutside(knock.caller()), _ -> words(knock, scene));
          succeed(knock, scene, words).ifPresent(deviations::add);
          if (trial.changesThePassword()) {
            users.changePassword(words.person().id(), words.person().password());
          }
        });
  }

  private Optional<String> succeed(Knock knock, SecurityScene scene, Words words) {
    Trial trial = knock.trial();
    Optional<Sight> before = sight(trial, words);
    Answer answer = send(knock, words, account(scene, knock));
    if (answer.status() != trial.success()) {
      return Optional.of("%s is allowed, but was answered %s".formatted(knock, brief(answer)));
    }
    boolean shown = table.shows(knock.operation(), trial, knock.caller(), scene.isPublic());
    boolean seen =
        trial
            .line("shows")
            .map(words::fill)
            .map(Sight.whole(answer).text()::contains)
            .orElse(shown);
    if (seen != shown) {
      return Optional.of(
          "%s is %s %s, but was answered %s"
              .formatted(
                  knock,
                  shown ? "shown" : "not shown",
                  trial.line("shows").map(words::fill).orElse("anything"),
                  brief(answer)));
    }
    Optional<Sight> after = sight(trial, words);
    Optional<String> fault =
        shown
            ? after.flatMap(now -> now.fault(before.orElseThrow(), trial, words))
            : after.filter(now -> !before.equals(Optional.of(now))).map(_ -> "left a trace");
    return fault.map(text -> knock + " " + text);
  }

  private Answer send(Knock knock, Words words, Account account) {
    words.speaks(account);
    Answer answer = knock.send(words, registry.anonymous(), account);
    contract.check(
        knock.operation().method(),
        URI.create(words.fill(knock.operation().path())),
        new AnswerCheck.Given(
            answer.status(), name -> answer.header(name).orElse(null), answer.text()));
    return answer;
  }

  private Stream<Knock> knocks(
      Operation operation, Trial trial, SecurityScene scene, boolean admitted) {
    return Stream.of(Caller.values())
        .filter(caller -> caller != Caller.ROBOT_WITH_THE_RIGHT || table.isForRobots(operation))
        .filter(caller -> table.admits(operation, caller, scene.isPublic()) == admitted)
        .flatMap(
            caller -> ways(operation, caller).map(way -> new Knock(operation, trial, caller, way)));
  }

  /**
   * Clients of the registry show tokens, and may show their password; anonymous has tokens only.
   */
  private static Stream<Boolean> ways(Operation operation, Caller caller) {
    if (!operation.isOfRegistry()) {
      return Stream.of(false);
    }
    return caller == Caller.ANONYMOUS ? Stream.of(true) : Stream.of(false, true);
  }

  private static int refusal(Knock knock) {
    boolean unknown =
        knock.caller() == Caller.ANONYMOUS || knock.operation().rule().equals("closed");
    return unknown ? 401 : knock.trial().refusal();
  }

  private static boolean leaks(Answer answer, Trial trial, Words words) {
    return trial.line("shows").map(words::fill).map(answer.text()::contains).orElse(false);
  }

  private static String brief(Answer answer) {
    String text = answer.text().strip();
    return answer.status() + " " + text.substring(0, Math.min(text.length(), 300));
  }

  private static boolean isOutside(Caller caller) {
    return caller == Caller.CUSTOM_OUTSIDE;
  }

  private static boolean isUpload(Operation operation) {
    return operation.path().endsWith("{upload}");
  }

  private static Account account(SecurityScene scene, Knock knock) {
    return knock.caller() == Caller.ANONYMOUS
        ? NOBODY
        : scene.account(knock.operation(), knock.caller());
  }

  private Words words(Knock knock, SecurityScene scene) {
    Account person = scene.account(knock.caller().isPerson() ? knock.caller() : Caller.STRANGER);
    return words(
        knock.operation(),
        scene,
        person,
        isOutside(knock.caller()),
        Optional.of(account(scene, knock)));
  }

  private Words words(
      Operation operation,
      SecurityScene scene,
      Account person,
      boolean outside,
      Optional<Account> pusher) {
    Trial trial = trial(operation);
    RegistryClient beginner = pusher.map(registry::as).orElse(scene.owner());
    Words words =
        new Words(
            scene,
            person,
            outside ? "other" : "team/app",
            List.of(
                ownThings,
                new SystemThings(),
                new ContentThings(scene.owner(), beginner, scene.sources())));
    trial.variables().forEach((name, thing) -> words.put(name, words.fill(thing)));
    var _ = words.fill(operation.path());
    for (String word : List.of("query", "body", "form", "bytes", "loses")) {
      var _ = trial.line(word).map(words::fill);
    }
    for (String given : trial.all("given")) {
      String[] parts = words.fill(given).split(" ", 3);
      Request request = scene.owner().request(parts[0], Operation.withBase(parts[1]));
      if (parts.length > 2) {
        request
            .header("Content-Type", "application/json")
            .body(parts[2].getBytes(StandardCharsets.UTF_8));
      }
      var _ = request.send();
    }
    return words;
  }

  private Optional<Sight> sight(Trial trial, Words words) {
    return trial.line("reads").map(_ -> Sight.of(trial, words, fingerprint));
  }

  private void settings(Trial trial, boolean back) {
    trial
        .line("setting")
        .map(line -> line.split("=", 2))
        .ifPresent(setting ->
            Api.put(
                    Accounts.admin(),
                    "/configurations",
                    Map.of(setting[0], back ? "db_auth" : setting[1]))
                .then()
                .statusCode(200));
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
