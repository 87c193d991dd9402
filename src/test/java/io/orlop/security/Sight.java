package io.orlop.security;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.RegistryClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody sees at one moment.
 *
 * @param status of an answer
 * @param text the answer without what only looking changes
 */
record Sight(int status, String text) {
  private static final String PASSING =
      "\"(pull_time|pull_count|last_used_time|last_used_address|last_seen_time)\":[^,}]*";

  /** Looks where the table says. */
  static Sight of(Trial trial, Words words, Fingerprint fingerprint) {
    String[] place = words.fill(trial.line("reads").orElseThrow()).split(" ", 2);
    RegistryClient anonymous = words.scene().registry().anonymous();
    return switch (place[0]) {
      case "stored" -> new Sight(0, fingerprint.rows(place[1], words.scene().project().id()));
      case "refresh" ->
          of(
              anonymous
                  .request("POST", "/service/token")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .body(
                      ("grant_type=refresh_token&service=harbor-registry&refresh_token=" + place[1])
                          .getBytes(StandardCharsets.UTF_8))
                  .send(),
              false);
      default -> of(reader(trial, words, anonymous).get(Operation.withBase(place[0])), false);
    };
  }

  private static RegistryClient reader(Trial trial, Words words, RegistryClient anonymous) {
    Optional<String> reader = trial.line("reader");
    if (reader.isEmpty()) {
      return words.scene().owner();
    }
    String[] name = words.fill(reader.get()).split(" ", 2);
    Account person = words.person();
    return anonymous.authorization(
        name.length == 1
            ? RegistryClient.basic(person.name(), person.password())
            : RegistryClient.basic(name[0], name[1]));
  }

  /** Sees an answer, whole: headers too, and what a token says. */
  static Sight whole(Answer answer) {
    return of(answer, true);
  }

  private static Sight of(Answer answer, boolean whole) {
    StringBuilder text = new StringBuilder(answer.text().replaceAll(PASSING, ""));
    if (whole) {
      for (String header : new String[] {"Docker-Content-Digest", "Docker-Upload-UUID"}) {
        answer
            .header(header)
            .ifPresent(value ->
                text.append('\n')
                    .append(header.toLowerCase(Locale.ROOT))
                    .append('=')
                    .append(value));
      }
      if (answer.text().startsWith("{\"token\":\"")) {
        String token = answer.json().path("token").asText();
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        text.append('\n').append(new String(claims, StandardCharsets.UTF_8));
      }
    }
    return new Sight(answer.status(), text.toString());
  }

  /** Tells whether a success has done what the table says, given what was seen before. */
  Optional<String> fault(Sight before, Trial trial, Words words) {
    String seen = "%s, then %s".formatted(before.brief(), brief());
    Optional<String> gained = trial.line("gains").map(words::fill);
    if (gained.isPresent()
        && (before.text.contains(gained.get()) || !text.contains(gained.get()))) {
      return Optional.of("did not make " + gained.get() + ": " + seen);
    }
    Optional<String> lost = trial.line("loses").map(words::fill);
    if (lost.isPresent() && (!before.text.contains(lost.get()) || text.contains(lost.get()))) {
      return Optional.of("did not remove " + lost.get() + ": " + seen);
    }
    Optional<Integer> became = trial.line("becomes").map(Integer::parseInt);
    if (became.isPresent() && (before.status == became.get() || status != became.get())) {
      return Optional.of("did not lead to " + became.get() + ": " + seen);
    }
    return equals(before) ? Optional.of("changed nothing: " + seen) : Optional.empty();
  }

  private String brief() {
    return status + " " + text.substring(0, Math.min(text.length(), 300));
  }
}
