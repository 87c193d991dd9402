package io.orlop.identity.robot;

import io.orlop.identity.Attempt;
import io.orlop.identity.Authenticator;
import io.orlop.identity.PasswordCheck;
import io.orlop.platform.http.IpAddresses;
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
  private final RobotUses uses;
  private final PasswordCheck passwords;

  RobotAuthenticator(
      RobotNames names, RobotCredentials credentials, RobotUses uses, PasswordCheck passwords) {
    this.passwords = passwords;
    this.names = names;
    this.credentials = credentials;
    this.uses = uses;
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
    Result result = judge(found.get(), attempt);
    // Where people may have such names, too, one of them may be meant.
    return result instanceof Result.Rejected && !names.isReserved() ? new Result.NotMine() : result;
  }

  private Result judge(RobotCredentials.Credential robot, Attempt attempt) {
    Optional<InetAddress> address = IpAddresses.parse(attempt.address());
    if (!robot.live() || !robot.welcomes(address)) {
      return new Result.Rejected();
    }
    Optional<RobotCredentials.Secret> secret =
        robot.secrets().stream().filter(kept -> isRight(robot, kept, attempt)).findFirst();
    if (secret.isEmpty()) {
      return new Result.Rejected();
    }
    uses.note(robot.principal().id(), secret.get().id(), address);
    return new Result.Authenticated(robot.principal());
  }

  /** What somebody chose can be guessed, so that wrong ones are counted. */
  private boolean isRight(
      RobotCredentials.Credential robot, RobotCredentials.Secret kept, Attempt attempt) {
    return GeneratedSecret.isHash(kept.hash())
        ? GeneratedSecret.matches(attempt.password(), kept.hash())
        : passwords.matches(attempt, robot.principal().key(), "secret:" + kept.id(), kept.hash());
  }
}
