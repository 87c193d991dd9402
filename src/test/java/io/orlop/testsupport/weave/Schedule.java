package io.orlop.testsupport.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

/** Says whose turn it is. */
public interface Schedule {

  /**
   * Chooses one of those who wait.
   *
   * @param waiting what each of them would do next, by their numbers, at least one
   */
  int choose(SortedMap<Integer, String> waiting);

  /** Tells whether the one who was chosen shall die instead. */
  default boolean kills(int chosen) {
    return false;
  }

  /** Chooses by chance, the same for the same seed. */
  static Schedule random(long seed, List<Integer> mortal) {
    Random random = new Random(seed);
    return new Schedule() {
      @Override
      public int choose(SortedMap<Integer, String> waiting) {
        return List.copyOf(waiting.keySet()).get(random.nextInt(waiting.size()));
      }

      @Override
      public boolean kills(int chosen) {
        return mortal.contains(chosen) && random.nextInt(20) == 0;
      }
    };
  }

  /**
   * All orders, one after the other, in which nobody is interrupted more than a number of times in
   * all: taking turns because somebody has ended or waits for a lock is free.
   *
   * <p>Each order begins as one before it, and has to go as that one went: whoever waits then waits
   * before the same statement. A run that differs is no replay, and fails.
   */
  final class Exhaustive implements Schedule {
    private final int interruptions;
    private final List<Choice> choices = new ArrayList<>();
    private int position;
    private int left;
    private int last = -1;

    private record Choice(SortedMap<Integer, String> waiting, List<Integer> allowed, int index) {
      boolean isLast() {
        return index + 1 == allowed.size();
      }

      Choice next() {
        return new Choice(waiting, allowed, index + 1);
      }

      int chosen() {
        return allowed.get(index);
      }
    }

    /** Begins with the order in which nobody is interrupted. */
    public Exhaustive(int interruptions) {
      this.interruptions = interruptions;
      this.left = interruptions;
    }

    @Override
    public int choose(SortedMap<Integer, String> waiting) {
      boolean interrupts = waiting.containsKey(last);
      if (position == choices.size()) {
        choices.add(new Choice(waiting, allowed(waiting, interrupts), 0));
      }
      Choice choice = choices.get(position);
      if (!choice.waiting().equals(waiting)) {
        throw new AssertionError(
            "Choice %d was between %s, and now is between %s"
                .formatted(position, choice.waiting(), waiting));
      }
      position++;
      left -= interrupts && choice.index() > 0 ? 1 : 0;
      last = choice.chosen();
      return last;
    }

    private List<Integer> allowed(SortedMap<Integer, String> waiting, boolean interrupts) {
      if (!interrupts) {
        return List.copyOf(waiting.keySet());
      }
      List<Integer> allowed = new ArrayList<>(List.of(last));
      if (left > 0) {
        waiting.keySet().stream().filter(number -> number != last).forEach(allowed::add);
      }
      return allowed;
    }

    /** Goes to the next order; false if there is none. */
    public boolean advance() {
      if (position < choices.size()) {
        throw new AssertionError(
            "This run ended after %d choices, and had %d".formatted(position, choices.size()));
      }
      while (!choices.isEmpty() && choices.getLast().isLast()) {
        choices.removeLast();
      }
      if (choices.isEmpty()) {
        return false;
      }
      choices.add(choices.removeLast().next());
      position = 0;
      left = interruptions;
      last = -1;
      return true;
    }

    @Override
    public String toString() {
      return "order " + choices.stream().map(Choice::chosen).toList();
    }
  }
}
