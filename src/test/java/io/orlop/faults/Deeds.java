package io.orlop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.faults.Deed.Attempt;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Everything that a client does to a repository. */
final class Deeds {
  private static final int SIZE = 4096;
  private static final byte[] NOTHING = {};

  private final RegistryClient client;
  private final DatabaseTruth truth;
  private final boolean byToken;
  private final AtomicInteger repositories = new AtomicInteger();

  /**
   * Makes them.
   *
   * @param client who does them
   * @param truth what to compare with what is served
   * @param byToken whether they are done with tokens that are known already, which ask the database
   *     for nothing, rather than by password
   */
  Deeds(RegistryClient client, DatabaseTruth truth, boolean byToken) {
    this.client = client;
    this.truth = truth;
    this.byToken = byToken;
  }

  List<Deed> all() {
    return List.of(
        new Deed("a blob by one POST", this::post),
        new Deed("the beginning of an upload", this::begin),
        new Deed("a chunk", this::patch),
        new Deed("the end of an upload", this::finish),
        new Deed("the end of an upload with its bytes", this::finishWithBytes),
        new Deed("the cancelling of an upload", this::cancel),
        new Deed("a blob that another repository has", this::postKnown),
        new Deed("a mount", this::mount),
        new Deed("a manifest", this::manifest),
        new Deed("a blob where there is a limit", () -> post(newLimitedRepository())),
        new Deed("a manifest where there is a limit", () -> manifest(newLimitedRepository())),
        new Deed("the moving of a tag", this::moveTag),
        new Deed("the deletion of a tag", this::deleteTag),
        new Deed("the deletion of a manifest", this::deleteManifest),
        new Deed("the deletion of a blob", this::deleteBlob),
        new Deed("the pull of a blob", this::pullBlob),
        new Deed("the pull of a manifest", this::pullManifest),
        new Deed("another pull of a blob", this::pullBlobAgain),
        new Deed("another pull of a manifest", this::pullManifestAgain),
        new Deed("the list of tags", this::listTags),
        new Deed("a token", this::token));
  }

  private RepositoryClient newRepository() {
    return newRepository(List.of());
  }

  private RepositoryClient newRepository(List<String> alsoPulled) {
    return open("library/faults-" + repositories.incrementAndGet(), alsoPulled);
  }

  private RepositoryClient open(String name, List<String> alsoPulled) {
    RepositoryClient repository = client.repository(name);
    return byToken ? withToken(repository, "pull,push,delete", alsoPulled) : repository;
  }

  /** Makes one in a project with a limit: there, commits do not wait for the disk themselves. */
  private RepositoryClient newLimitedRepository() {
    String project = "limited-" + repositories.incrementAndGet();
    client
        .request("POST", "/api/v2.0/projects")
        .header("Content-Type", "application/json")
        .body(
            "{\"project_name\":\"%s\",\"storage_limit\":1000000}"
                .formatted(project)
                .getBytes(StandardCharsets.UTF_8))
        .send()
        .expect(201);
    return open(project + "/app", List.of());
  }

  private static void assertHas(RepositoryClient repository, byte[] blob) {
    assertThat(repository.getBlob(Digest.of(blob)).expect(200).bytes()).isEqualTo(blob);
  }

  private static void pushFromTheStart(RepositoryClient repository, byte[] blob) {
    repository.finish(repository.openUpload(), Digest.of(blob), blob).expect(201);
    assertHas(repository, blob);
  }

  private Attempt post() {
    return post(newRepository());
  }

  private static Attempt post(RepositoryClient repository) {
    return post(repository, Blobs.random(SIZE));
  }

  private Attempt postKnown() {
    byte[] blob = Blobs.random(SIZE);
    newRepository().pushBlob(blob);
    return post(newRepository(), blob);
  }

  private static Attempt post(RepositoryClient repository, byte[] blob) {
    return new Attempt(
        () -> repository.post(Digest.of(blob), blob),
        201,
        () -> assertHas(repository, blob),
        () -> {
          repository.post(Digest.of(blob), blob).expect(201);
          assertHas(repository, blob);
        });
  }

  private Attempt begin() {
    RepositoryClient repository = newRepository();
    return new Attempt(
        () -> repository.beginUpload(""),
        202,
        () -> {},
        () -> pushFromTheStart(repository, Blobs.random(SIZE)));
  }

  private Attempt patch() {
    RepositoryClient repository = newRepository();
    byte[] blob = Blobs.random(SIZE);
    URI upload = repository.openUpload();
    byte[] first = Arrays.copyOf(blob, SIZE / 2);
    return new Attempt(
        () -> repository.patch(upload, 0, first),
        202,
        () -> assertThat(offset(repository, upload)).isEqualTo(SIZE / 2),
        () -> {
          // The client asks how far it came and goes on from there.
          int from = offset(repository, upload);
          repository.patch(upload, from, Arrays.copyOfRange(blob, from, SIZE)).expect(202);
          repository.finish(upload, Digest.of(blob), NOTHING).expect(201);
          assertHas(repository, blob);
        });
  }

  private static int offset(RepositoryClient repository, URI upload) {
    String range = repository.status(upload).expect(204).header("Range").orElseThrow();
    int last = Integer.parseInt(range.substring("0-".length()));
    return last == 0 ? 0 : last + 1;
  }

  private Attempt finish() {
    RepositoryClient repository = newRepository();
    byte[] blob = Blobs.random(SIZE);
    URI upload = repository.openUpload();
    repository.patch(upload, 0, blob).expect(202);
    return end(repository, upload, blob, NOTHING);
  }

  private Attempt finishWithBytes() {
    RepositoryClient repository = newRepository();
    byte[] blob = Blobs.random(SIZE);
    return end(repository, repository.openUpload(), blob, blob);
  }

  private static Attempt end(RepositoryClient repository, URI upload, byte[] blob, byte[] last) {
    return new Attempt(
        () -> repository.finish(upload, Digest.of(blob), last),
        201,
        () -> assertHas(repository, blob),
        () -> {
          Answer again = repository.finish(upload, Digest.of(blob), last);
          if (again.status() == 404) {
            // The upload has ended, well or not: clients look, or begin anew.
            again.expectError(404, "BLOB_UPLOAD_UNKNOWN");
            if (repository.headBlob(Digest.of(blob)).status() != 200) {
              pushFromTheStart(repository, blob);
            }
          } else {
            again.expect(201);
          }
          assertHas(repository, blob);
          repository.status(upload).expect(404);
        });
  }

  private Attempt cancel() {
    RepositoryClient repository = newRepository();
    URI upload = repository.openUpload();
    repository.patch(upload, 0, Blobs.random(SIZE)).expect(202);
    return new Attempt(
        () -> repository.cancel(upload),
        204,
        () -> repository.status(upload).expect(404),
        () -> {
          assertThat(repository.cancel(upload).status()).isIn(204, 404);
          repository.status(upload).expect(404);
        });
  }

  private Attempt mount() {
    RepositoryClient source = newRepository();
    byte[] blob = Blobs.random(SIZE);
    source.pushBlob(blob);
    RepositoryClient target = newRepository(List.of(source.name()));
    String query = "?mount=" + Digest.of(blob) + "&from=" + source.name();
    return new Attempt(
        () -> target.beginUpload(query),
        201,
        () -> assertHas(target, blob),
        () -> {
          target.beginUpload(query).expect(201);
          assertHas(target, blob);
        });
  }

  private Attempt manifest() {
    return manifest(newRepository());
  }

  private Attempt manifest(RepositoryClient repository) {
    return put(repository, repository.newImage());
  }

  private Attempt moveTag() {
    RepositoryClient repository = newRepository();
    pushAndPull(repository);
    return put(repository, repository.newImage());
  }

  /** Pushes an image and pulls it, so that it is remembered wherever that may be. */
  private static Digest pushAndPull(RepositoryClient repository) {
    Digest image = repository.pushImage("latest");
    repository.getManifest("latest").expect(200);
    repository.getManifest(image).expect(200);
    return image;
  }

  private Attempt put(RepositoryClient repository, ManifestBuilder image) {
    return new Attempt(
            () -> repository.putManifest("latest", image),
            201,
            () -> assertTagged(repository, image),
            () -> {
              repository.putManifest("latest", image).expect(201);
              assertTagged(repository, image);
            })
        .withTruth(() -> truth.checkManifest(repository, "latest"));
  }

  private static void assertTagged(RepositoryClient repository, ManifestBuilder image) {
    assertThat(repository.getManifest("latest").expect(200).bytes()).isEqualTo(image.bytes());
    assertThat(repository.tags("").expect(200).texts("tags")).containsExactly("latest");
  }

  private Attempt deleteTag() {
    RepositoryClient repository = newRepository();
    pushAndPull(repository);
    return delete(repository, "latest");
  }

  private Attempt deleteManifest() {
    RepositoryClient repository = newRepository();
    return delete(repository, pushAndPull(repository));
  }

  private Attempt delete(RepositoryClient repository, Object reference) {
    return new Attempt(
            () -> repository.deleteManifest(reference),
            202,
            () -> repository.getManifest(reference).expect(404),
            () -> {
              assertThat(repository.deleteManifest(reference).status()).isIn(202, 404);
              repository.getManifest(reference).expect(404);
              assertThat(repository.tags("").expect(200).texts("tags")).isEmpty();
            })
        .withTruth(() -> {
          truth.checkManifest(repository, reference);
          truth.checkManifest(repository, "latest");
        });
  }

  private Attempt deleteBlob() {
    RepositoryClient repository = newRepository();
    Digest blob = repository.pushBlob(Blobs.random(SIZE));
    repository.getBlob(blob).expect(200);
    return new Attempt(
            () -> repository.deleteBlob(blob),
            202,
            () -> repository.getBlob(blob).expect(404),
            () -> {
              assertThat(repository.deleteBlob(blob).status()).isIn(202, 404);
              repository.getBlob(blob).expect(404);
            })
        .withTruth(() -> truth.checkBlob(repository, blob));
  }

  private Attempt pullBlob() {
    RepositoryClient repository = newRepository();
    Digest blob = repository.pushBlob(Blobs.random(SIZE));
    return read(() -> named(blob, repository.getBlob(blob)));
  }

  private Attempt pullManifest() {
    RepositoryClient repository = newRepository();
    Digest image = repository.pushImage("latest");
    return read(() -> named(image, repository.getManifest("latest")));
  }

  private Attempt pullBlobAgain() {
    RepositoryClient repository = newRepository();
    Digest blob = repository.pushBlob(Blobs.random(SIZE));
    RepositoryClient puller = puller(repository);
    puller.getBlob(blob).expect(200);
    return read(() -> named(blob, puller.getBlob(blob)));
  }

  private Attempt pullManifestAgain() {
    RepositoryClient repository = newRepository();
    Digest image = pushAndPull(repository);
    RepositoryClient puller = puller(repository);
    return read(() -> named(image, puller.getManifest("latest")));
  }

  private RepositoryClient puller(RepositoryClient repository) {
    return withToken(client.repository(repository.name()), "pull", List.of());
  }

  /** Returns the view of a caller whose token is known already: it is looked up nowhere. */
  static RepositoryClient withToken(
      RepositoryClient repository, String actions, List<String> alsoPulled) {
    List<String> scopes = new ArrayList<>();
    scopes.add("repository:" + repository.name() + ":" + actions);
    alsoPulled.forEach(other -> scopes.add("repository:" + other + ":pull"));
    RegistryClient client = repository.registry();
    RegistryClient holder = client.bearer(client.token(scopes.toArray(String[]::new)));
    holder.get("/v2/").expect(200);
    return holder.repository(repository.name());
  }

  /** Checks that what was pulled is what was asked for. */
  private static Answer named(Digest digest, Answer answer) {
    if (answer.status() == 200) {
      assertThat(Digest.of(answer.bytes())).as("%s", answer).isEqualTo(digest);
    }
    return answer;
  }

  private Attempt listTags() {
    RepositoryClient repository = newRepository();
    repository.pushImage("latest");
    return read(() -> repository.tags(""));
  }

  private Attempt token() {
    return read(() -> client.askToken("repository:library/faults:pull"));
  }

  private static Attempt read(Supplier<Answer> request) {
    return new Attempt(request, 200, () -> {}, () -> request.get().expect(200));
  }
}
