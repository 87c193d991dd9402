package io.orlop.platform.crypto;

import jakarta.enterprise.context.ApplicationScoped;

/** Stub until the real one is merged. */
@ApplicationScoped
public class MasterKey {
  public byte[] encrypt(byte[] plain, String context) {
    return plain;
  }

  public byte[] decrypt(byte[] sealed, String context) {
    return sealed;
  }

  public byte[] subkey(String purpose) {
    return new byte[32];
  }
}
