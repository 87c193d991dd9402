package io.orlop.faults;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Loses the connection to the database at every statement of everything that a client does, before
 * PostgreSQL has it and after PostgreSQL has done it. Whatever is answered is true, an error says
 * that it is the registry's, and the client that tries again reaches its goal.
 */
class FaultyDatabaseIT {

  @Test
  void tellsTheTruthWhateverStatementIsLost() throws Exception {
    try (FaultyDatabase faulty = new FaultyDatabase()) {
      faulty.server().launch();
      faulty.loseStatements(false, (_, _) -> true, Optional.empty());
      faulty.checkWhatIsLeft();
    }
  }
}
