package io.pychain.core.failure;

import io.pychain.core.Cast;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// A network, and what one of its members makes of what it hears.
final class Court {
  private static final Map<List<Long>, MemberRecord> RECORDS = new HashMap<>();

  /// The record of a member. Signing is what takes time in these tests.
  static MemberRecord recordOf(int guid, long number) {
    return RECORDS.computeIfAbsent(List.of((long) guid, number), _ -> Cast.record(guid, number));
  }

  final Members members = new Members();
  final Verdicts verdicts;

  Court(int watchers) {
    verdicts = new Verdicts(members, watchers);
  }

  static Court of(int size, int watchers) {
    Court court = new Court(watchers);
    IntStream.range(0, size).forEach(guid -> court.record(recordOf(guid, 1)));
    return court;
  }

  void record(MemberRecord record) {
    var outcome = members.offer(record);
    if (outcome == Members.Outcome.NEW || outcome == Members.Outcome.NEWER) {
      verdicts.renewed(record.guid());
    }
  }

  void leave(int guid) {
    record(Cast.record(Cast.certificate(guid, 1), 2, Status.LEFT));
  }

  void accuse(int accuser, int accused) {
    accuse(accuser, accused, 1);
  }

  void accuse(int accuser, int accused, long number) {
    verdicts.accuse(new Accusation(Guid.of(accuser), new Suspicion(Guid.of(accused), 1, number)));
  }

  void accuse(List<Guid> accusers, Guid accused) {
    accusers.forEach(accuser -> accuse(accuser.value(), accused.value()));
  }

  List<Guid> next(int guid, int count) {
    return members.ring().successors(Guid.of(guid), count);
  }

  List<Guid> previous(int guid, int count) {
    return members.ring().predecessors(Guid.of(guid), count);
  }

  Set<Guid> condemned() {
    Set<Guid> condemned = new TreeSet<>();
    members.all().stream()
        .map(MemberRecord::guid)
        .filter(verdicts::isCondemned)
        .forEach(condemned::add);
    return condemned;
  }
}
