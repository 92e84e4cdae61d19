package io.pychain.core.failure;

import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Who has accused one member, of which of its records. Bounded, see [Accusation].
final class Ballots {
  private static final int[] NOBODY = {};

  private final Guid accused;
  private final List<Ballot> ballots = new ArrayList<>(1);

  /// All who have accused one record. Most members that are accused are so of one record only.
  private static final class Ballot {
    final int epoch;
    final long number;
    int[] accusers = NOBODY;

    Ballot(int epoch, long number) {
      this.epoch = epoch;
      this.number = number;
    }

    boolean isAbout(Suspicion suspicion) {
      return epoch == suspicion.epoch() && number == suspicion.number();
    }

    boolean isOlderThan(Suspicion suspicion) {
      return epoch < suspicion.epoch()
          || (epoch == suspicion.epoch() && number < suspicion.number());
    }

    boolean contains(int accuser) {
      return indexOf(accuser) >= 0;
    }

    int indexOf(int accuser) {
      for (int i = 0; i < accusers.length; i++) {
        if (accusers[i] == accuser) {
          return i;
        }
      }
      return -1;
    }

    void add(int accuser) {
      accusers = Arrays.copyOf(accusers, accusers.length + 1);
      accusers[accusers.length - 1] = accuser;
    }

    void remove(int accuser) {
      int index = indexOf(accuser);
      int[] rest = Arrays.copyOf(accusers, accusers.length - 1);
      System.arraycopy(accusers, index + 1, rest, index, rest.length - index);
      accusers = rest;
    }
  }

  Ballots(Guid accused) {
    this.accused = accused;
  }

  /// Takes an accusation.
  ///
  /// @return whether it is news and was kept
  boolean take(Guid accuser, Suspicion suspicion) {
    int who = accuser.value();
    for (Ballot ballot : ballots) {
      if (ballot.contains(who)) {
        if (!ballot.isOlderThan(suspicion)) {
          return false;
        }
        ballot.remove(who);
      }
    }
    of(suspicion).add(who);
    evict(accuser);
    ballots.removeIf(ballot -> ballot.accusers.length == 0);
    return ballots.stream().anyMatch(b -> b.isAbout(suspicion) && b.contains(who));
  }

  private Ballot of(Suspicion suspicion) {
    for (Ballot ballot : ballots) {
      if (ballot.isAbout(suspicion)) {
        return ballot;
      }
    }
    Ballot fresh = new Ballot(suspicion.epoch(), suspicion.number());
    ballots.add(fresh);
    return fresh;
  }

  private void evict(Guid latest) {
    List<Guid> all = new ArrayList<>();
    for (Ballot ballot : ballots) {
      for (int accuser : ballot.accusers) {
        all.add(Guid.of(accuser));
      }
    }
    Accusation.surplus(accused, all, latest)
        .ifPresent(far ->
            ballots.stream()
                .filter(b -> b.contains(far.value()))
                .forEach(b -> b.remove(far.value())));
  }

  /// Lets go of all that is older than this record.
  ///
  /// @return whether nothing is left
  boolean dropOlderThan(Suspicion current) {
    ballots.removeIf(ballot -> ballot.isOlderThan(current));
    return ballots.isEmpty();
  }

  /// Who has accused this very record. Not to be changed.
  int[] accusersOf(Suspicion current) {
    for (Ballot ballot : ballots) {
      if (ballot.isAbout(current)) {
        return ballot.accusers;
      }
    }
    return NOBODY;
  }
}
