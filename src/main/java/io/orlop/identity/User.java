package io.orlop.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account of a person. */
@Entity
@Table(name = "users")
class User {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(nullable = false)
  String username;

  @Nullable String email;

  @Column(nullable = false)
  String realname;

  @Column(name = "password_hash")
  @Nullable String passwordHash;

  @Column(name = "credential_version", nullable = false)
  int credentialVersion = 1;

  boolean sysadmin;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;

  User() {}

  User(String username, String passwordHash, boolean sysadmin) {
    this.username = username;
    this.realname = username;
    this.passwordHash = passwordHash;
    this.sysadmin = sysadmin;
    this.createdAt = Instant.now();
    this.updatedAt = this.createdAt;
  }

  void changePassword(String newHash) {
    passwordHash = newHash;
    credentialVersion++;
    updatedAt = Instant.now();
  }
}
