package io.orlop.system.tls;

import java.nio.file.Path;

/** What to type so that clients trust an authority, for one registry. */
public final class TrustInstructions {
  private TrustInstructions() {}

  /**
   * Returns the lines for Orlop itself, Docker, podman, containerd, the system and Kubernetes.
   *
   * @param files what was written
   * @param host the name or address that clients use
   * @param port the port of HTTPS
   */
  public static String of(SelfSigned.Written files, String host, int port) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return """
    Written: %2$s (give it to clients), %3$s, %4$s (secret)

    Start Orlop with it:
      ORLOP_TLS_CERTIFICATE=%3$s ORLOP_TLS_KEY=%4$s ORLOP_TLS_PORT=%5$d ./orlop run

    Docker, on each host, no restart needed:
      sudo mkdir -p /etc/docker/certs.d/%1$s:%5$d
      sudo cp ca.crt /etc/docker/certs.d/%1$s:%5$d/ca.crt

    podman, buildah, skopeo:
      sudo mkdir -p /etc/containers/certs.d/%1$s:%5$d
      sudo cp ca.crt /etc/containers/certs.d/%1$s:%5$d/ca.crt

    containerd, with config_path = "/etc/containerd/certs.d" in its configuration:
      sudo mkdir -p /etc/containerd/certs.d/%1$s:%5$d
      sudo cp ca.crt /etc/containerd/certs.d/%1$s:%5$d/ca.crt
      printf '%%s\\n' 'server = "https://%1$s:%5$d"' 'ca = "/etc/containerd/certs.d/%1$s:%5$d/ca.crt"' |
        sudo tee /etc/containerd/certs.d/%1$s:%5$d/hosts.toml

    Everything else on a host (restart Docker and containerd afterwards):
      Debian, Ubuntu:  sudo cp ca.crt /usr/local/share/ca-certificates/orlop.crt && sudo update-ca-certificates
      Fedora, RHEL:    sudo cp ca.crt /etc/pki/ca-trust/source/anchors/orlop.crt && sudo update-ca-trust
      macOS:           sudo security add-trusted-cert -d -k /Library/Keychains/System.keychain ca.crt

    Kubernetes pulls through the nodes' containerd: do what is said there on every node. For Orlop itself:
      kubectl create secret tls orlop-tls --cert=%3$s --key=%4$s
    """
        .formatted(
            name,
            absolute(files.authority()),
            absolute(files.certificate()),
            absolute(files.key()),
            port);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
