package io.orlop.identity.robot;

import io.orlop.identity.Attempt;
import io.orlop.identity.Authenticator;
import io.orlop.platform.http.CurrentClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Vouches for robot accounts. Those that are disabled or expired, and those that come from
 * elsewhere than they may, are refused like those with a wrong secret.
 *
 * <p>Where no person's name can begin with the prefix, an unknown name is refused at once, as is a
 * wrong secret: time does not tell which of both it was.
 */
@ApplicationScoped
class RobotAuthenticator implements Authenticator {
  private final RobotNames names;
  private final RobotCredentials credentials;
  private final SecretHasher hasher;
  private final RobotUses uses;
  private final CurrentClient client;

  RobotAuthenticator(
      RobotNames names,
      RobotCredentials credentials,
      SecretHasher hasher,
      RobotUses uses,
      CurrentClient client) {
    this.names = names;
    this.credentials = credentials;
    this.hasher = hasher;
    this.uses = uses;
    this.client = client;
  }

  @Override
  public int order() {
    return -100;
  }

  @Override
  public Result authenticate(Attempt attempt) {
    Optional<String> stored = names.stored(attempt.username());
    if (stored.isEmpty()) {
      return new Result.NotMine();
    }
    Optional<RobotCredentials.Credential> found = credentials.find(stored.get());
    if (found.isEmpty()) {
      return names.isReserved() ? new Result.Rejected() : new Result.NotMine();
    }
    return judge(found.get(), attempt.password());
  }

  private Result judge(RobotCredentials.Credential robot, String password) {
    Optional<RobotCredentials.Secret> secret =
        robot.secrets().stream().filter(kept -> hasher.matches(password, kept.hash())).findFirst();
    Optional<InetAddress> address = client.address();
    if (secret.isEmpty() || !robot.live() || !robot.welcomes(address)) {
      return new Result.Rejected();
    }
    uses.note(robot.principal().id(), secret.get().id(), address);
    return new Result.Authenticated(robot.principal());
  }
}
