package io.orlop.system.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {
  @TempDir Path folder;

  @Test
  void followsALinkThatIsReplacedAsKubernetesDoes() throws Exception {
    Path first = make("first");
    Path second = make("second");
    Path link = folder.resolve("data");
    Files.createSymbolicLink(link, first);
    CertificateWatch watch = watch(link, Clock.systemUTC());
    X509Certificate before = presented(watch);

    Files.createSymbolicLink(folder.resolve("next"), second);
    Files.move(folder.resolve("next"), link, StandardCopyOption.ATOMIC_MOVE);
    watch.look();
    assertThat(presented(watch)).isNotEqualTo(before);
    assertThat(watch.problem()).isEmpty();
  }

  @Test
  void staysWithTheOldPairWhenTheNewOneDoesNotMatch() throws Exception {
    Path used = make("used");
    CertificateWatch watch = watch(used, Clock.systemUTC());
    X509Certificate before = presented(watch);

    Files.copy(
        make("other").resolve("tls.key"),
        used.resolve("tls.key"),
        StandardCopyOption.REPLACE_EXISTING);
    watch.look();
    assertThat(watch.problem()).as("perhaps only half written").isEmpty();
    watch.look();
    assertThat(watch.problem()).hasValueSatisfying(text -> assertThat(text).contains("refused"));
    assertThat(presented(watch)).isEqualTo(before);
  }

  @Test
  void keepsAHandshakeWithThePairThatItBeganWith() throws Exception {
    Path used = make("used");
    CertificateWatch watch = watch(used, Clock.systemUTC());
    String begun = alias(watch);
    X509Certificate before = certificate(watch, begun);
    SelfSigned.write(used, List.of("localhost"));
    watch.look();
    assertThat(certificate(watch, begun)).isEqualTo(before);
    assertThat(presented(watch)).isNotEqualTo(before);
  }

  @Test
  void warnsBeforeTheCertificateEnds() throws Exception {
    Path used = make("used");
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(820));
    assertThat(watch(used, late).problem())
        .hasValueSatisfying(text -> assertThat(text).contains("expires at"));
  }

  @Test
  void refusesACertificateThatHasEnded() throws IOException {
    Path used = make("used");
    Clock tooLate = Clock.offset(Clock.systemUTC(), Duration.ofDays(826));
    assertThatThrownBy(() -> watch(used, tooLate)).hasMessageContaining("expired");
  }

  private Path make(String name) {
    Path dir = folder.resolve(name);
    SelfSigned.write(dir, List.of("localhost"));
    return dir;
  }

  private static CertificateWatch watch(Path dir, Clock clock) throws UnusableCertificateException {
    return CertificateWatch.open(dir.resolve("tls.crt"), dir.resolve("tls.key"), clock);
  }

  private static X509Certificate presented(CertificateWatch watch) {
    return certificate(watch, alias(watch));
  }

  private static String alias(CertificateWatch watch) {
    return Objects.requireNonNull(watch.keys().chooseServerAlias("EC", null, null));
  }

  private static X509Certificate certificate(CertificateWatch watch, String alias) {
    return Objects.requireNonNull(watch.keys().getCertificateChain(alias))[0];
  }
}
