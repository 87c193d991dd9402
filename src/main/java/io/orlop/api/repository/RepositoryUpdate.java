package io.orlop.api.repository;

import org.jspecify.annotations.Nullable;

/** What may be changed of a repository. */
record RepositoryUpdate(@Nullable String description) {}
