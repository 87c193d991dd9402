package io.orlop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.orlop.access.Authenticated;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresAction;
import io.orlop.access.RequiresPermission;
import io.orlop.access.RequiresSystemAdministrator;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobWriter;
import io.vertx.core.http.HttpClient;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The house's rules, docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  /** The floors, from the ground up. The rooms of one floor may use each other, but not in turn. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("oci"),
          List.of("platform"),
          List.of("storage"),
          List.of("identity"),
          List.of("access"),
          List.of("catalog"),
          List.of("notify", "trust", "lifecycle", "upstream"),
          List.of("system"));

  /** Users of HTTP or URLs whose requests go nowhere: to this process itself, to the class path. */
  private static final List<String> STAYING =
      List.of(
          "io.orlop.system.bootstrap.TrainingClient",
          "io.orlop.system.bootstrap.TrainingPull",
          "io.orlop.system.bootstrap.TrainingPush",
          "io.orlop.system.postgres.PostgresBinaries");

  private static final List<Class<? extends Annotation>> CALLERS =
      List.of(
          RequiresAction.class,
          RequiresPermission.class,
          RequiresSystemPermission.class,
          RequiresSystemAdministrator.class,
          Authenticated.class,
          PublicEndpoint.class);

  private static final List<String> DOORS = List.of("registry", "api", "portal");

  @Test
  void arrowsPointDown() {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      String[] above =
          Stream.concat(
                  IntStream.range(floor + 1, FLOORS.size())
                      .boxed()
                      .flatMap(f -> FLOORS.get(f).stream()),
                  DOORS.stream())
              .map(ArchitectureTest::room)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAnyPackage(rooms(FLOORS.get(floor)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .allowEmptyShould(true)
          .because(
              "a lower room that needs a higher one's answer declares an interface that the higher"
                  + " one implements")
          .check(HOUSE);
    }
  }

  @Test
  void doorsDoNotKnowEachOther() {
    for (String door : DOORS) {
      noClasses()
          .that()
          .resideInAPackage(room(door))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(rooms(DOORS.stream().filter(other -> !other.equals(door)).toList()))
          .allowEmptyShould(true)
          .because("what two doors need belongs to a room below them")
          .check(HOUSE);
    }
  }

  @Test
  void everyRoomHasItsFloor() {
    String[] known =
        Stream.concat(FLOORS.stream().flatMap(List::stream), DOORS.stream())
            .map(ArchitectureTest::room)
            .toArray(String[]::new);
    classes()
        .should()
        .resideInAnyPackage(known)
        .because("a room that no rule knows obeys none")
        .check(HOUSE);
  }

  @Test
  void roomsAreFreeOfCycles() {
    slices()
        .matching("io.orlop.(*)..")
        .should()
        .beFreeOfCycles()
        .because("rooms that use each other in turn are one room")
        .check(HOUSE);
  }

  @Test
  void valueTypesNeedNothingButJacksonsAnnotations() {
    classes()
        .that()
        .resideInAPackage(room("oci"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            room("oci"), "java..", "com.fasterxml.jackson..", "org.jspecify.annotations..")
        .because("the specifications' types know neither HTTP nor the database")
        .check(HOUSE);
  }

  @Test
  void librariesStayInTheirRooms() {
    onlyIn(
        "jakarta.ws.rs..",
        "io.orlop.registry..",
        "io.orlop.api..",
        "io.orlop.portal..",
        "io.orlop.platform.http..");
    onlyIn("software.amazon..", "io.orlop.storage.s3..");
    onlyIn("io.micrometer.prometheusmetrics..", "io.orlop.platform.metrics..");
    onlyIn("io.opentelemetry.sdk..", "io.orlop.platform.trace..");
    onlyIn("io.opentelemetry.exporter..", "io.orlop.platform.trace..");
    onlyIn("com.unboundid..", "io.orlop.identity.ldap..");
    onlyIn("dev.sigstore..", "io.orlop.trust..");
    onlyIn("io.quarkus.qute..", "io.orlop.portal..", "io.orlop.notify.mail..");
  }

  @Test
  void everyEndpointSaysWhoMayUseIt() {
    methods()
        .that()
        .areMetaAnnotatedWith(HttpMethod.class)
        .should(be(openToExactlyOneKindOfCaller()))
        .because("an endpoint that forgets to say is a hole")
        .check(HOUSE);
  }

  @Test
  void everyEndpointOfTheApiGoesThroughItsDoor() {
    methods()
        .that()
        .areMetaAnnotatedWith(HttpMethod.class)
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage(room("api"))
        .should()
        .beDeclaredInClassesThat()
        .areAnnotatedWith(ApiDoor.class)
        .because("the filter that reads who may use an endpoint is bound to the door")
        .check(HOUSE);
  }

  @Test
  void transactionsBelongToUseCasesAndNeverSpanBytes() {
    noClasses()
        .that(haveTransactions())
        .should()
        .dependOnClassesThat()
        .areAssignableTo(BlobReader.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(BlobWriter.class)
        .because("no transaction and no connection is held while bytes move")
        .check(HOUSE);
    classes()
        .that(haveTransactions())
        .should()
        .notBeAnnotatedWith(jakarta.ws.rs.Path.class)
        .because("one transaction is one use case, and an endpoint asks a service for it")
        .check(HOUSE);
  }

  @Test
  void beansGetWhatTheyNeedThroughTheirConstructor() {
    noFields()
        .should()
        .beAnnotatedWith(Inject.class)
        .orShould()
        .beAnnotatedWith(ConfigProperty.class)
        .because("a constructor says what a class needs, and a test can call it")
        .check(HOUSE);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helpers?|Manager)")
        .because("these endings say nothing")
        .check(HOUSE);
  }

  @Test
  void nobodyUsesWhatHasABetterSuccessor() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Calendar.class)
        .because("java.time has types that mean one thing each")
        .check(HOUSE);
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .because("whoever waits waits for something, and can be told to stop")
        .check(HOUSE);
    noClasses()
        .should()
        .callMethodWhere(
            target(name("printStackTrace")).and(target(owner(assignableTo(Throwable.class)))))
        .because("the log has a place for it")
        .check(HOUSE);
    noClasses()
        .should()
        .accessField(System.class, "out")
        .because("the log has levels and a format")
        .check(HOUSE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.orlop.system.bootstrap..")
        .should()
        .accessField(System.class, "err")
        .because("there is a log as soon as the start has got anywhere")
        .check(HOUSE);
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(assignableTo(ConcurrentMap.class))
        .andShould()
        .notHaveRawType(resideInAPackage("java.util.concurrent.atomic"))
        .andShould()
        .notHaveRawType(assignableTo(ThreadLocal.class))
        .because("tests and replicas must not meet in a static field")
        .check(HOUSE);
  }

  @Test
  void everyOutgoingRequestPassesTheGuard() {
    noClasses()
        .that(
            describe(
                "are neither the guard nor stay on this machine",
                type ->
                    !type.getName().equals("io.orlop.platform.http.OutboundHttp")
                        && !STAYING.contains(type.getName())))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net.http..", "io.vertx.ext.web.client..")
                .or(assignableTo(URLConnection.class))
                .or(assignableTo(HttpClient.class)))
        .orShould()
        .callMethodWhere(target(owner(type(URL.class))).and(target(nameStartingWith("open"))))
        .because("one guard decides which addresses a request of ours may reach")
        .check(HOUSE);
  }

  private static void onlyIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("a library that is everywhere can never be replaced")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaMethod> openToExactlyOneKindOfCaller() {
    return describe(
        "open to exactly one kind of caller",
        method -> CALLERS.stream().filter(method::isAnnotatedWith).count() == 1);
  }

  private static DescribedPredicate<JavaClass> haveTransactions() {
    return describe(
        "have transactions",
        type ->
            type.isAnnotatedWith(Transactional.class)
                || type.getMethods().stream()
                    .anyMatch(method -> method.isAnnotatedWith(Transactional.class)));
  }

  private static String room(String name) {
    return "io.orlop." + name + "..";
  }

  private static String[] rooms(List<String> names) {
    return names.stream().map(ArchitectureTest::room).toArray(String[]::new);
  }
}
