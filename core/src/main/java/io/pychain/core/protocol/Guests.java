package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.admission.Admission.Ruling;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Newcomers at the door of a boot node: connected, with a proven key, still without a GUID.
final class Guests {
  private final Optional<Admission> admission;
  private final MemberRecord self;
  private final Writes writes;
  private final Outlet out;
  private final TreeMap<LinkId, NodeKey> keys = new TreeMap<>();
  private final TreeSet<LinkId> waiting = new TreeSet<>();

  Guests(Optional<Admission> admission, MemberRecord self, Writes writes, Outlet out) {
    this.admission = admission;
    this.self = self;
    this.writes = writes;
    this.out = out;
  }

  void up(LinkId link, NodeKey key) {
    keys.put(link, key);
  }

  void down(LinkId link) {
    keys.remove(link);
    waiting.remove(link);
  }

  boolean contains(LinkId link) {
    return keys.containsKey(link);
  }

  /// A guest has sent a frame: all it may do is ask to join.
  void received(Instant now, LinkId link, Frame frame, Iterable<MemberRecord> members) {
    NodeKey key = keys.get(link);
    if (key == null) {
      return;
    }
    if (!(frame instanceof Frame.Join)) {
      out.drop(link, Frame.Reason.MALFORMED, "a newcomer may only ask to join");
    } else if (admission.isEmpty()) {
      out.drop(link, Frame.Reason.NOT_A_BOOT_NODE, direction(members));
    } else {
      admit(now, link, key, admission.get());
    }
  }

  private static String direction(Iterable<MemberRecord> members) {
    for (MemberRecord member : members) {
      Contact contact = member.contact();
      if (contact.capabilities().contains(Contact.BOOT) && !contact.addresses().isEmpty()) {
        return "this node admits nobody; a boot node is at " + contact.addresses().getFirst();
      }
    }
    return "this node admits nobody, and knows no boot node";
  }

  private void admit(Instant now, LinkId link, NodeKey key, Admission table) {
    if (writes.fault().isPresent()) {
      out.drop(link, Frame.Reason.FULL, "the boot node cannot write: " + writes.fault().get());
      return;
    }
    switch (table.admit(now, key)) {
      case Ruling.Known(Certificate certificate) -> tell(link, certificate);
      case Ruling.Allocated(Certificate certificate) -> {
        waiting.add(link);
        writes.allocation(certificate);
      }
      case Ruling.Pending() -> waiting.add(link);
      case Ruling.Busy() -> out.drop(link, Frame.Reason.FULL, "too many join at once; try again");
    }
  }

  private void tell(LinkId link, Certificate certificate) {
    out.send(link, new Frame.Admitted(certificate, self));
  }

  /// An allocation is on disk.
  void persisted(Certificate certificate) {
    admission.ifPresent(table -> table.persisted(certificate));
    for (LinkId link : waiting.stream().toList()) {
      if (certificate.key().equals(keys.get(link))) {
        waiting.remove(link);
        tell(link, certificate);
      }
    }
  }

  /// The store has failed.
  void failed(String reason) {
    admission.ifPresent(Admission::forgetWhatIsNotDurable);
    waiting.forEach(
        link -> out.drop(link, Frame.Reason.FULL, "the boot node cannot write: " + reason));
    waiting.clear();
  }
}
