package io.orlop.system.command;

import io.orlop.system.bootstrap.UsageException;
import io.orlop.system.console.Console;
import io.orlop.system.tls.SelfSigned;
import io.orlop.system.tls.TrustInstructions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code orlop tls self-signed}. */
@Command(
    name = "self-signed",
    description = {
      "Makes a certificate for a home lab, and the authority that clients have to trust for it.",
      "Made again in the same folder, the certificate is renewed and the authority stays."
    })
final class SelfSignedCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--host",
      required = true,
      paramLabel = "NAME",
      description = "A DNS name or IP address that clients use; may be given several times.")
  private List<String> hosts = List.of();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "tls",
      description = "The folder to write to (${DEFAULT-VALUE}).")
  private Path folder = Path.of("tls");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8443",
      description = "The port in the lines to type (${DEFAULT-VALUE}).")
  private int port;

  SelfSignedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      SelfSigned.Written files = SelfSigned.write(folder, hosts);
      console.print(TrustInstructions.of(files, hosts.getFirst(), port));
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
