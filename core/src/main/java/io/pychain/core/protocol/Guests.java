package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.admission.Admission.Ruling;
import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.admission.Pass;
import io.pychain.core.admission.Terms;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Succession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Those who want a certificate of a boot node: newcomers at the door, connected with a proven key
/// and still without a GUID, and members who want a new epoch.
final class Guests {
  private static final String RETIRED =
      "this key has been replaced by another one of its GUID: put the newer node-key into"
          + " STORAGE_DIR, or start with an empty folder as a new member";

  private static final String BANNED =
      "this key is banned from the network; whoever runs a boot node can lift that";

  private final Optional<Admission> admission;
  private final Papers papers;
  private final Supplier<Optional<String>> refusal;
  private final Writes writes;
  private final Outlet out;
  private final TreeMap<LinkId, Guest> guests = new TreeMap<>();
  private final TreeMap<LinkId, NodeKey> waiting = new TreeMap<>();

  private final CertificateConfig config;
  private Terms terms;

  /// @param table of a boot node
  /// @param refusal why no GUID can be given now, if so
  /// @param config on what terms
  record Desk(
      Optional<Admission> table, Supplier<Optional<String>> refusal, AdmissionConfig config) {}

  /// @param key proven
  /// @param group where it is
  /// @param pass what it has paid with
  private record Guest(NodeKey key, AddressGroup group, Pass pass) {
    Optional<NodeKey> invite() {
      return pass instanceof Pass.Invited(NodeKey invite) ? Optional.of(invite) : Optional.empty();
    }
  }

  Guests(Desk desk, Papers papers, Writes writes, Outlet out) {
    this.admission = desk.table();
    this.papers = papers;
    this.refusal = desk.refusal();
    this.config = desk.config().certificates();
    this.terms = desk.config().first();
    this.writes = writes;
    this.out = out;
  }

  void up(Input.GuestUp up) {
    Guest guest = new Guest(up.key(), AddressGroup.of(up.host()), up.pass());
    guests.put(up.link(), guest);
  }

  void down(LinkId link) {
    guests.remove(link);
    waiting.remove(link);
  }

  boolean contains(LinkId link) {
    return guests.containsKey(link);
  }

  /// On what terms newcomers are admitted now; empty if this node admits nobody.
  Optional<Terms> terms() {
    return admission.map(_ -> terms);
  }

  /// A guest has sent a frame: all it may do is ask to join.
  void received(Instant now, LinkId link, Frame frame, Iterable<MemberRecord> members) {
    Guest guest = guests.get(link);
    if (guest == null) {
      return;
    }
    if (!(frame instanceof Frame.Join)) {
      out.drop(link, Frame.Reason.MALFORMED, "a newcomer may only ask to join");
    } else {
      admit(now, link, guest, members);
    }
  }

  /// Who has a GUID is told so by any member; a boot node gives one to the others.
  private void admit(Instant now, LinkId link, Guest guest, Iterable<MemberRecord> members) {
    Optional<Certificate> known = certificateOf(guest.key(), members);
    if (isBanned(guest.key(), members)) {
      out.drop(link, Frame.Reason.REVOKED, BANNED);
    } else if (isRetired(guest.key(), known, members)) {
      out.drop(link, Frame.Reason.IDENTITY, RETIRED);
    } else if (known.isPresent() && mayTell(now, known.get())) {
      tell(link, known.get(), true);
    } else if (known.isPresent() && admission.isPresent()) {
      extend(now, link, known.get());
    } else if (admission.isEmpty()) {
      out.drop(link, Frame.Reason.NOT_A_BOOT_NODE, direction(members));
    } else {
      refusal
          .get()
          .ifPresentOrElse(
              why -> out.drop(link, Frame.Reason.FULL, why),
              () -> admit(now, link, guest, admission.get()));
    }
  }

  private static boolean isBanned(NodeKey key, Iterable<MemberRecord> members) {
    for (MemberRecord member : members) {
      if (member.isRevoked() && member.certificate().keys().all().contains(key)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a member had this key before the one that it has.
  private static boolean isRetired(
      NodeKey key, Optional<Certificate> known, Iterable<MemberRecord> members) {
    if (known.isPresent()) {
      return !known.get().key().equals(key);
    }
    for (MemberRecord member : members) {
      if (member.certificate().keys().hasRetired(key)) {
        return true;
      }
    }
    return false;
  }

  /// Whether somebody that asks who it is can work with this: a boot node gives it a later one from
  /// the half on.
  private boolean mayTell(Instant now, Certificate known) {
    return admission.isPresent()
        ? known.halfway().filter(now::isAfter).isEmpty()
        : !config.isOver(now, known);
  }

  private Optional<Certificate> certificateOf(NodeKey key, Iterable<MemberRecord> members) {
    if (admission.isPresent()) {
      return admission.get().of(key);
    }
    for (MemberRecord member : members) {
      if (member.key().equals(key)) {
        return Optional.of(member.certificate());
      }
    }
    return Optional.empty();
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

  private void admit(Instant now, LinkId link, Guest guest, Admission table) {
    if (writes.fault().isPresent()) {
      out.drop(link, Frame.Reason.FULL, "the boot node cannot write: " + writes.fault().get());
    } else if (!suffices(now, guest)) {
      boolean invites = terms.mode() == Terms.Mode.INVITE;
      out.drop(
          link,
          invites ? Frame.Reason.NOT_INVITED : Frame.Reason.UNPAID,
          invites ? "an invitation is needed" : "the price of joining has risen; bid for it");
    } else {
      admitAtLast(now, link, guest, table);
    }
  }

  /// The price may have risen since the door let the guest in.
  private boolean suffices(Instant now, Guest guest) {
    return switch (guest.pass()) {
      case Pass.Paid(int price) -> terms.isEnough(price, now, guest.group());
      case Pass.Invited _ -> true;
    };
  }

  private void admitAtLast(Instant now, LinkId link, Guest guest, Admission table) {
    Ruling ruling = rule(link, guest.key(), table.admit(now, guest.key(), guest.invite()));
    switch (ruling) {
      case Ruling.Allocated _ -> {
        if (guest.pass() instanceof Pass.Paid) {
          terms = terms.after(now, guest.group());
        }
      }
      case Ruling.Busy _ -> out.drop(link, Frame.Reason.FULL, "too many join at once; try again");
      case Ruling.Spent _ ->
          out.drop(link, Frame.Reason.NOT_INVITED, "the invitation has been used; get another");
      case Ruling.Powerless _ ->
          out.drop(
              link,
              Frame.Reason.FULL,
              "the right of this boot node to admit has ended, and its operator has to get"
                  + " another delegation; try again, or another boot node");
      case Ruling.Known _, Ruling.Pending _ -> {}
    }
  }

  /// A member asks for a new epoch. Who does not admit says nothing: it asks another in a while.
  void renew(Instant now, LinkId link, Certificate held) {
    if (admission.isPresent() && writes.fault().isEmpty()) {
      rule(link, held.key(), admission.get().renew(now, held));
    }
  }

  /// A member asks for another key.
  void rotate(Instant now, LinkId link, Certificate held, Succession wish) {
    if (admission.isPresent() && writes.fault().isEmpty()) {
      rule(link, wish.next(), admission.get().rotate(now, held, wish));
    }
  }

  /// This node itself wants another key.
  ///
  /// @return whether it is a boot node, and so gives it to itself in a while
  boolean rotateOwn(Instant now, Certificate held, Succession wish) {
    if (admission.isPresent() && writes.fault().isEmpty()) {
      keep(admission.get().rotate(now, held, wish));
    }
    return admission.isPresent();
  }

  /// Gives a member, or one that has forgotten that it is, a later certificate of its epoch. Where
  /// there is none to give, it is told of the one that it has.
  void extend(Instant now, LinkId link, Certificate held) {
    if (admission.isPresent() && writes.fault().isEmpty()) {
      switch (rule(link, held.key(), admission.get().extend(now, held))) {
        case Ruling.Busy(), Ruling.Powerless() -> tell(link, held, true);
        case Ruling.Known _, Ruling.Allocated _, Ruling.Pending _, Ruling.Spent _ -> {}
      }
    }
  }

  /// This node's own certificate ends.
  ///
  /// @return whether it is a boot node, and so gives a later one to itself in a while
  boolean extendOwn(Instant now, Certificate held) {
    if (admission.isPresent() && writes.fault().isEmpty()) {
      keep(admission.get().extend(now, held));
    }
    return admission.isPresent();
  }

  /// This node itself needs a new epoch.
  ///
  /// @return whether it is a boot node, and so gives one to itself in a while
  boolean renewOwn(Instant now, Certificate held) {
    if (admission.isPresent() && writes.fault().isEmpty()) {
      keep(admission.get().renew(now, held));
    }
    return admission.isPresent();
  }

  private void keep(Ruling ruling) {
    switch (ruling) {
      case Ruling.Allocated(Certificate fresh) -> writes.allocation(fresh);
      case Ruling.Known(Certificate known) -> writes.allocation(known);
      case Ruling.Pending(), Ruling.Busy(), Ruling.Spent(), Ruling.Powerless() -> {}
    }
  }

  private Ruling rule(LinkId link, NodeKey key, Ruling ruling) {
    switch (ruling) {
      case Ruling.Known(Certificate certificate) -> tell(link, certificate, true);
      case Ruling.Allocated(Certificate certificate) -> {
        waiting.put(link, key);
        writes.allocation(certificate);
      }
      case Ruling.Pending() -> waiting.put(link, key);
      case Ruling.Busy(), Ruling.Spent(), Ruling.Powerless() -> {}
    }
    return ruling;
  }

  private void tell(LinkId link, Certificate certificate, boolean known) {
    out.send(link, new Frame.Admitted(certificate, papers.record(), known));
  }

  /// An allocation is on disk.
  void persisted(Certificate certificate) {
    admission.ifPresent(table -> table.persisted(certificate));
    for (LinkId link : List.copyOf(waiting.keySet())) {
      if (waiting.remove(link, certificate.key())) {
        tell(link, certificate, certificate.epoch() > 1);
      }
    }
  }

  /// The store has failed.
  void failed(String reason) {
    admission.ifPresent(Admission::forgetWhatIsNotDurable);
    for (LinkId link : waiting.keySet()) {
      if (guests.containsKey(link)) {
        out.drop(link, Frame.Reason.FULL, "the boot node cannot write: " + reason);
      }
    }
    waiting.clear();
  }
}
