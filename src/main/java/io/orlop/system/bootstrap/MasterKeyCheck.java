package io.orlop.system.bootstrap;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.crypto.WrongKeyException;
import io.orlop.system.StartRefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Checks that the master key is the one that this database's secrets are encrypted under. */
@ApplicationScoped
public class MasterKeyCheck {
  /** The fact that holds the check value: a known text, encrypted. */
  public static final String FACT = "master-key-check";

  private final InstallationFacts facts;
  private final MasterKey masterKey;

  MasterKeyCheck(InstallationFacts facts, MasterKey masterKey) {
    this.facts = facts;
    this.masterKey = masterKey;
  }

  void check() {
    byte[] fresh = masterKey.encrypt("orlop".getBytes(StandardCharsets.UTF_8), FACT);
    String known = facts.findOrRecord(FACT, Base64.getEncoder().encodeToString(fresh));
    if (!fits(masterKey, known)) {
      throw new StartRefusedException(
          "The master key is not the one that this database's secrets are encrypted under. Give"
              + " back the one it was made with: ORLOP_MASTER_KEY, ORLOP_MASTER_KEY_FILE or"
              + " master.key in the data folder.");
    }
  }

  /** Tells whether a check value was made with a key. */
  public static boolean fits(MasterKey masterKey, String checkValue) {
    try {
      var _ = masterKey.decrypt(Base64.getDecoder().decode(checkValue), FACT);
      return true;
    } catch (WrongKeyException | IllegalArgumentException _) {
      return false;
    }
  }
}
