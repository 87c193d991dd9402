package io.orlop.system.command;

import picocli.CommandLine.Command;

/** {@code orlop storage}: what concerns the store of blobs. */
@Command(
    name = "storage",
    description = "Moves blobs from one store to another.",
    synopsisSubcommandLabel = "COMMAND")
final class StorageCommand {}
