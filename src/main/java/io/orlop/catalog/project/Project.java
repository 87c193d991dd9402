package io.orlop.catalog.project;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A namespace with members. */
@Entity
@Table(name = "project")
class Project {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(nullable = false)
  String name;

  @Column(name = "public", nullable = false)
  boolean isPublic;

  @Column(name = "owner_id")
  @Nullable Long ownerId;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;

  Project() {}

  Project(String name, boolean isPublic, @Nullable Long ownerId) {
    this.name = name;
    this.isPublic = isPublic;
    this.ownerId = ownerId;
    this.createdAt = Instant.now();
    this.updatedAt = this.createdAt;
  }

  long requireId() {
    return Objects.requireNonNull(id);
  }
}
