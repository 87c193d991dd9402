package io.orlop.system.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.testsupport.clients.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as OpenSSL writes them. */
class KeyPairReaderTest {
  @TempDir Path folder;
  private Client openssl;

  @BeforeEach
  void find() {
    openssl = Client.required("openssl", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ec", "ed25519"})
  void readsKeysOfEveryKind(String kind) throws Exception {
    make(kind);
    assertThat(read("key.pem").key()).isNotNull();
  }

  @Test
  void readsTheOlderFormsOfKeys() throws Exception {
    make("rsa:2048");
    openssl.succeeds("rsa", "-in", "key.pem", "-traditional", "-out", "old.pem");
    assertThat(Files.readString(folder.resolve("old.pem"))).contains("BEGIN RSA PRIVATE KEY");
    assertThat(read("old.pem").key().getAlgorithm()).isEqualTo("RSA");

    openssl.succeeds("ecparam", "-name", "prime256v1", "-genkey", "-out", "ec.pem");
    assertThat(Files.readString(folder.resolve("ec.pem")))
        .contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
    openssl.succeeds("req", "-x509", "-key", "ec.pem", "-subj", "/CN=x", "-out", "crt.pem");
    assertThat(read("ec.pem").key().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void saysWhatIsWrongWithAPair() throws Exception {
    make("rsa:2048");
    openssl.succeeds(
        "pkey", "-in", "key.pem", "-aes256", "-passout", "pass:secret", "-out", "locked.pem");
    assertThatThrownBy(() -> read("locked.pem")).hasMessageContaining("the key is encrypted");
    openssl.succeeds("genrsa", "-out", "other.pem", "2048");
    assertThatThrownBy(() -> read("other.pem")).hasMessageContaining("not that of the first");
    openssl.succeeds("ecparam", "-name", "prime256v1", "-genkey", "-out", "ec.pem");
    assertThatThrownBy(() -> read("ec.pem")).hasMessageContaining("not that of the first");
    assertThatThrownBy(() -> read("crt.pem")).hasMessageContaining("holds no private key");
    assertThatThrownBy(() -> read("nothing.pem")).hasMessageContaining("does not exist");
    Files.writeString(folder.resolve("crt.pem"), "nonsense");
    assertThatThrownBy(() -> read("key.pem")).hasMessageContaining("certificate");
  }

  private void make(String kind) {
    if (kind.equals("ec")) {
      openssl.succeeds(
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:P-256",
          "-nodes",
          "-subj",
          "/CN=x",
          "-keyout",
          "key.pem",
          "-out",
          "crt.pem");
    } else {
      openssl.succeeds(
          "req", "-x509", "-newkey", kind, "-nodes", "-subj", "/CN=x", "-keyout", "key.pem", "-out",
          "crt.pem");
    }
  }

  private ServerKeyPair read(String key) throws UnusableCertificateException, IOException {
    return KeyPairReader.read(PemFiles.read(folder.resolve("crt.pem"), folder.resolve(key)));
  }
}
