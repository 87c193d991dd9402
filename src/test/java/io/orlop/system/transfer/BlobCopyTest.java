package io.orlop.system.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.oci.Digest;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StorageKey;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import io.orlop.system.console.Console;
import io.orlop.system.console.InterruptedCommandException;
import io.orlop.system.console.Interruption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCopyTest {
  private static final int BLOBS = 40;

  @TempDir Path folder;

  private final Interruption interruption = new Interruption();
  private final StringWriter said = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(said), new PrintWriter(said), interruption);
  private final List<StoredBlob> blobs = new ArrayList<>();
  private FilesystemBlobStore source;
  private FilesystemBlobStore target;
  private BlobList list;

  @BeforeEach
  void fillTheSource() throws IOException {
    source = store("source");
    target = store("target");
    for (int i = 0; i < BLOBS; i++) {
      byte[] bytes = ("blob " + i).repeat(1 + i).getBytes(StandardCharsets.UTF_8);
      StorageKey key = StorageKey.of(Digest.of(bytes), "g" + i);
      source.put(key, bytes.length, new ByteArrayInputStream(bytes));
      blobs.add(new StoredBlob(key, bytes.length));
    }
    blobs.sort(Comparator.comparing(blob -> blob.key().value()));
    List<String> lines = blobs.stream().map(blob -> blob.key() + "\t" + blob.size()).toList();
    Path file = Files.write(folder.resolve("blobs.tsv"), lines);
    long bytes = blobs.stream().mapToLong(StoredBlob::size).sum();
    list = new ListedBlobs(file, new BlobList.Totals(BLOBS, bytes));
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  @Test
  void copiesEveryBlobUnderItsKey() throws Exception {
    BlobCopy.Outcome outcome = copy(list);

    assertThat(outcome).isEqualTo(new BlobCopy.Outcome(BLOBS, 0, 0, list.totals().bytes()));
    assertThat(new BlobCheck(target, 3, console).run(list)).isZero();
  }

  @Test
  void doesNotReadAgainWhatIsThere() throws Exception {
    copy(list);

    assertThat(copy(list)).isEqualTo(new BlobCopy.Outcome(0, BLOBS, 0, 0));
  }

  @Test
  void copiesABlobAgainThatHasAnotherSize() throws Exception {
    copy(list);
    Files.writeString(file("target", blobs.get(3)), "short");

    assertThat(copy(list).copied()).isOne();
    assertThat(new BlobCheck(target, 3, console).run(list)).isZero();
  }

  @Test
  void reportsADamagedBlobAndGoesOn() throws Exception {
    StoredBlob wrong = blobs.get(5);
    StoredBlob shorter = blobs.get(9);
    StoredBlob gone = blobs.get(20);
    Files.write(file("source", wrong), new byte[(int) wrong.size()]);
    Files.write(file("source", shorter), new byte[1]);
    Files.delete(file("source", gone));

    BlobCopy.Outcome outcome = copy(list);

    assertThat(outcome.copied()).isEqualTo(BLOBS - 3);
    assertThat(outcome.failed()).isEqualTo(3);
    for (StoredBlob blob : List.of(wrong, shorter, gone)) {
      assertThat(said.toString()).contains("DAMAGED " + blob.key().digest());
      assertThat(target.size(blob.key())).isEmpty();
    }
  }

  @Test
  void leavesWhatWasCopiedWhenItIsInterruptedAndGoesOn() throws Exception {
    BlobList interrupted = interruptingAfter(10);

    assertThatExceptionOfType(InterruptedCommandException.class)
        .isThrownBy(() -> copy(interrupted));

    long there = blobs.stream().filter(blob -> target.size(blob.key()).isPresent()).count();
    assertThat(there).isPositive().isLessThanOrEqualTo(10);
    Console again = new Console(console.out(), console.err(), new Interruption());
    assertThat(new BlobCopy(source, target, 3, again).run(list))
        .returns(there, BlobCopy.Outcome::present)
        .returns(BLOBS - there, BlobCopy.Outcome::copied);
    assertThat(new BlobCheck(target, 3, again).run(list)).isZero();
  }

  @Test
  void findsEveryDamagedCopy() throws Exception {
    copy(list);
    Files.write(file("target", blobs.get(1)), new byte[(int) blobs.get(1).size()]);
    Files.delete(file("target", blobs.get(2)));

    assertThat(new BlobCheck(target, 3, console).run(list)).isEqualTo(2);
    assertThat(said.toString())
        .contains("DAMAGED " + blobs.get(1).key().digest())
        .contains("DAMAGED " + blobs.get(2).key().digest());
  }

  @Test
  void verifiesWhatIsThereAndCopiesTheRest() throws Exception {
    copy(list);
    StoredBlob wrong = blobs.get(1);
    StoredBlob gone = blobs.get(2);
    Files.write(file("target", wrong), new byte[(int) wrong.size()]);
    Files.delete(file("target", gone));

    assertThat(new BlobCopy(source, target, 3, console).runVerifying(list))
        .isEqualTo(new BlobCopy.Outcome(2, BLOBS - 2, 0, wrong.size() + gone.size()));
    assertThat(new BlobCheck(target, 3, console).run(list)).isZero();
  }

  private BlobCopy.Outcome copy(BlobList blobList) throws IOException, SQLException {
    return new BlobCopy(source, target, 3, console).run(blobList);
  }

  /** Ends the command when so many blobs were handed out. */
  private BlobList interruptingAfter(int count) {
    return new BlobList() {
      @Override
      public Totals totals() throws SQLException {
        return list.totals();
      }

      @Override
      public Walk walk() throws IOException, SQLException {
        Walk walk = list.walk();
        return new Walk() {
          private int given;

          @Override
          public Optional<StoredBlob> next() throws IOException, SQLException {
            if (given++ == count) {
              interruption.request();
            }
            return walk.next();
          }

          @Override
          public void close() throws IOException, SQLException {
            walk.close();
          }
        };
      }
    };
  }

  private FilesystemBlobStore store(String name) {
    return FilesystemBlobStore.open(folder.resolve(name), new SpaceReserve(0, 0));
  }

  private Path file(String store, StoredBlob blob) {
    return folder.resolve(store).resolve("blobs").resolve(blob.key().value());
  }
}
