package io.orlop.system.command;

import picocli.CommandLine.Command;

/** {@code orlop tls}: what concerns certificates. */
@Command(name = "tls", description = "Makes certificates.", synopsisSubcommandLabel = "COMMAND")
final class TlsCommand {}
