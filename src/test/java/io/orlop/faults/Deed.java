package io.orlop.faults;

import io.orlop.testsupport.Answer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that a client does, in which the database may be lost.
 *
 * @param name what it is, for people
 * @param prepare does what comes before, undisturbed
 */
record Deed(String name, Supplier<Attempt> prepare) {

  /**
   * One try.
   *
   * @param request what is disturbed
   * @param success how it is answered when it has succeeded
   * @param effect checks, undisturbed, that what was answered with success is so
   * @param again does what a client does after a failure; throws if that does not lead to the goal
   * @param truth checks, undisturbed and however it was answered, that what is served is what the
   *     database says; empty if nothing was served that could be remembered
   */
  record Attempt(
      Supplier<Answer> request,
      int success,
      Runnable effect,
      Runnable again,
      Optional<Runnable> truth) {

    Attempt(Supplier<Answer> request, int success, Runnable effect, Runnable again) {
      this(request, success, effect, again, Optional.empty());
    }

    Attempt withTruth(Runnable check) {
      return new Attempt(request, success, effect, again, Optional.of(check));
    }
  }
}
