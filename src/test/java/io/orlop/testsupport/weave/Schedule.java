package io.orlop.testsupport.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Says whose turn it is. */
public interface Schedule {

  /**
   * Chooses one of those who wait.
   *
   * @param waiting their numbers, ascending, at least one
   */
  int choose(List<Integer> waiting);

  /** Tells whether the one who was chosen shall die instead. */
  default boolean kills(int chosen) {
    return false;
  }

  /** Chooses by chance, the same for the same seed. */
  static Schedule random(long seed, List<Integer> mortal) {
    Random random = new Random(seed);
    return new Schedule() {
      @Override
      public int choose(List<Integer> waiting) {
        return waiting.get(random.nextInt(waiting.size()));
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
   */
  final class Exhaustive implements Schedule {
    private final int interruptions;
    private final List<Integer> choices = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private int position;
    private int left;
    private int last = -1;

    /** Begins with the order in which nobody is interrupted. */
    public Exhaustive(int interruptions) {
      this.interruptions = interruptions;
      this.left = interruptions;
    }

    @Override
    public int choose(List<Integer> waiting) {
      List<Integer> allowed = new ArrayList<>(waiting);
      boolean interrupts = allowed.remove((Integer) last);
      if (interrupts) {
        if (left == 0) {
          allowed.clear();
        }
        allowed.addFirst(last);
      }
      if (position == choices.size()) {
        choices.add(0);
        options.add(allowed.size());
      }
      // Who waits for a lock may be settled otherwise the next time: then another order is tried.
      int choice = Math.min(choices.get(position), allowed.size() - 1);
      choices.set(position, choice);
      options.set(position, allowed.size());
      position++;
      left -= interrupts && choice > 0 ? 1 : 0;
      last = allowed.get(choice);
      return last;
    }

    /** Goes to the next order; false if there is none. */
    public boolean advance() {
      while (choices.size() > position) {
        choices.removeLast();
        options.removeLast();
      }
      while (!choices.isEmpty() && choices.getLast() + 1 >= options.getLast()) {
        choices.removeLast();
        options.removeLast();
      }
      if (choices.isEmpty()) {
        return false;
      }
      choices.set(choices.size() - 1, choices.getLast() + 1);
      position = 0;
      left = interruptions;
      last = -1;
      return true;
    }

    @Override
    public String toString() {
      return "order " + choices;
    }
  }
}
