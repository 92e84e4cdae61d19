package io.pychain.core.message;

import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.util.List;
import java.util.Optional;

/// What travels over a link. A new kind is a compile error wherever it matters.
///
/// ```
///   before TLS      Knock → Quote, Enter → Welcome, see [Doorstep]
///   every link      Hello ⇄ Hello, Ping → Pong, Goodbye
///   a newcomer, or who needs a new epoch      Join → Admitted
///   what the authority lays down              Parameters
///   broadcast       Push, Announce, Fork, each with how far to carry it; Ack
///   coverage        Survey → Tally …, see [Reach]
///   network sync    News; SyncRequest → Heads | Summary; Probe → Hashes | Heads
///                   Fetch → Batches …; RecordsWanted → Records; ForksWanted → Fork …
/// ```
public sealed interface Frame {
  /// The version of the protocol that it came with; who speaks only older ones is not sent it.
  default int since() {
    return 1;
  }

  /// Said by a newcomer and to it, before TLS begins.
  sealed interface BeforeTls extends Frame
      permits Doorstep.Knock, Doorstep.Quote, Doorstep.Enter, Doorstep.Welcome {}

  /// Came with version 2 of the protocol.
  sealed interface SinceTwo extends Frame permits Parameters {
    @Override
    default int since() {
      return Parameters.VERSION;
    }
  }

  /// Asked and answered about who has a message.
  sealed interface OfCoverage extends Frame permits Reach.Survey, Reach.Tally {}

  /// The first frame of either side: who I am and what I speak. Sent by both at once.
  ///
  /// @param network the network that the sender is in; empty if it is about to join one
  /// @param protocol versions it speaks
  /// @param storeId identity of its store, so that cursors into another store are not used
  /// @param record its member record; empty if it is about to join
  /// @param observed the host that the sender sees the receiver at
  record Hello(
      Optional<NetworkInfo> network,
      ProtocolRange protocol,
      long storeId,
      Optional<MemberRecord> record,
      String observed)
      implements Frame {}

  /// Who holds the network together: enough to compute its id.
  ///
  /// @param name the network's name, 1 to 64 characters
  /// @param authority the authority's public key
  record NetworkInfo(String name, NodeKey authority) {
    /// Longest name, in characters.
    public static final int NAME_LENGTH_MAX = 64;

    /// @throws IllegalArgumentException if the name is empty or too long
    public NetworkInfo {
      if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
        throw new IllegalArgumentException("a network name has 1 to 64 characters");
      }
    }
  }

  /// The last frame: why the sender closes.
  ///
  /// @param reason for machines
  /// @param detail for people: what is wrong and what to do
  record Goodbye(Reason reason, String detail) implements Frame {}

  /// Why a link is closed. The names are on the wire: they are only ever added to.
  enum Reason {
    /// The node stops or leaves.
    STOPPING,
    /// No version of the protocol in common.
    VERSION,
    /// Another network.
    NETWORK,
    /// The key of the link is not that of the record, or not certified.
    IDENTITY,
    /// Bytes that are no frame, or a frame that is not allowed here.
    MALFORMED,
    /// A signature, hash or number that does not hold.
    INVALID,
    /// A second link to the same member.
    REDUNDANT,
    /// Neither side needs the link any more.
    UNNEEDED,
    /// Nothing was heard for too long.
    SILENT,
    /// No room for more links or newcomers now.
    FULL,
    /// Joining was asked of a node that admits nobody; the detail names one that does, if known.
    NOT_A_BOOT_NODE,
    /// Nobody joins without an invitation, and there is none that holds.
    NOT_INVITED,
    /// What a newcomer has paid for joining is not enough any more: bid more.
    UNPAID,
    /// The other side is banned from the network.
    REVOKED,
    /// The certificate has ended, and the time after its end in which it is taken all the same.
    EXPIRED
  }

  /// Are you there?
  ///
  /// @param nonce comes back in the [Pong]
  /// @param alarm whether several peers of the sender have fallen silent at once
  record Ping(long nonce, boolean alarm) implements Frame {
    /// For one link only.
    public Ping(long nonce) {
      this(nonce, false);
    }
  }

  /// I am.
  ///
  /// @param nonce of the [Ping]
  record Pong(long nonce) implements Frame {}

  /// A newcomer asks for a GUID for the key of its link, or a member for another certificate.
  ///
  /// @param epoch that the asker has; 0 if it has no GUID yet
  /// @param extend whether it wants the same epoch for longer, and not the next one
  /// @param succession another key that it wants instead
  record Join(int epoch, boolean extend, Optional<Succession> succession) implements Frame {
    /// For a GUID, or the next epoch.
    public Join(int epoch) {
      this(epoch, false, Optional.empty());
    }

    @Override
    public int since() {
      return extend || succession.isPresent() ? 2 : 1;
    }
  }

  /// The boot node's answer, durable there before it is sent.
  ///
  /// @param certificate of the newcomer
  /// @param boot the boot node's own record, a first peer
  /// @param known whether the key had this GUID before: its holder may have published then
  record Admitted(Certificate certificate, MemberRecord boot, boolean known) implements Frame {}

  /// What hands on a stretch of the circle; named by [Ack].
  sealed interface Carrier extends Frame permits Push, Announce, Fork {
    /// Where the stretch ends.
    Position limit();

    /// How many links it has crossed when it arrives, from 1.
    int hops();

    /// Of this handoff among those as urgent sent over this link in this direction, from 1.
    long number();

    /// Bytes of what is carried.
    default int length() {
      return switch (this) {
        case Push push -> push.batch().length();
        case Announce announce -> announce.record().length();
        case Fork fork -> fork.proof().length();
      };
    }

    /// Whether it goes before what is not, on every link: member records and events of the system,
    /// which are small and few and tell who is there. The two kinds are numbered apart, since one
    /// overtakes the other.
    default boolean isUrgent() {
      return switch (this) {
        case Push push -> push.batch().isOfSystemEvents();
        case Announce _ -> true;
        case Fork _ -> false;
      };
    }
  }

  /// A batch, and the stretch of the circle that the receiver is asked to cover: (receiver, limit).
  ///
  /// @param batch what is broadcast
  /// @param limit where the stretch ends; the receiver's own position means it covers nobody
  /// @param hops how many links the batch has crossed when it arrives, from 1
  /// @param number of this handoff among those as urgent sent over this link in this direction,
  ///   from 1; 0 stands for one more than the one before
  record Push(Batch batch, Position limit, int hops, long number) implements Carrier {
    /// Without a number of its own.
    public Push(Batch batch, Position limit, int hops) {
      this(batch, limit, hops, 0);
    }
  }

  /// A member record, carried like a [Push].
  ///
  /// @param record what is announced; the rest is as in [Push]
  record Announce(MemberRecord record, Position limit, int hops, long number) implements Carrier {
    /// Without a number of its own.
    public Announce(MemberRecord record, Position limit, int hops) {
      this(record, limit, hops, 0);
    }
  }

  /// The proof that a log is forked, carried like a [Push].
  ///
  /// @param proof two batches of one log that contradict each other; the rest is as in [Push]
  record Fork(ForkProof proof, Position limit, int hops, long number) implements Carrier {}

  /// Which [Push], [Announce] and [Fork] frames of this link have been taken: the sender hands what
  /// is beyond to another if the link breaks or falls silent, and what is missing once more.
  ///
  /// @param taken the highest number that has come
  /// @param missing which of the 64 before it have not: bit i is that of number taken − 1 − i
  /// @param urgent whether it speaks of those that are urgent, or of those that are not
  record Ack(long taken, long missing, boolean urgent) implements Frame {
    /// Without gaps, of those that are not urgent.
    public Ack(long taken) {
      this(taken, 0, false);
    }
  }

  /// What changed in your store since then?
  ///
  /// @param storeId the store that the cursor is of; 0 asks for a full comparison
  /// @param after the cursor: the last arrival that the sender has heard of
  /// @param own what the sender itself holds; empty if it wants no question in return
  record SyncRequest(long storeId, long after, Optional<Summary> own) implements Frame {
    /// A question that says nothing of what the sender holds.
    public SyncRequest(long storeId, long after) {
      this(storeId, after, Optional.empty());
    }
  }

  /// The state of the sender's whole store, in one hash.
  ///
  /// @param storeId of the sender
  /// @param arrival up to which arrival it speaks
  /// @param level of the root of its hash tree
  /// @param root hash of the root
  record Summary(long storeId, long arrival, int level, long root) implements Frame {}

  /// What the sender holds of some origins and members.
  ///
  /// @param storeId of the sender
  /// @param after cursor from which it speaks
  /// @param arrival cursor up to which it speaks; equal to `after` in answer to a [Probe]
  /// @param logs how far it holds each log
  /// @param records which member records it holds
  /// @param forks logs of which it holds a proof that they are forked
  record Heads(
      long storeId,
      long after,
      long arrival,
      List<LogHead> logs,
      List<RecordHead> records,
      List<LogId> forks)
      implements Frame {
    /// Copies the lists.
    public Heads {
      logs = List.copyOf(logs);
      records = List.copyOf(records);
      forks = List.copyOf(forks);
    }

    /// Without a fork.
    public Heads(
        long storeId, long after, long arrival, List<LogHead> logs, List<RecordHead> records) {
      this(storeId, after, arrival, logs, records, List.of());
    }
  }

  /// What the sender has come to hold of late, as far as the receiver cannot be taken to know it.
  ///
  /// @param after cursor from which it speaks of everything else that changed
  /// @param arrival cursor up to which it does; 0 if it speaks of these rows only
  /// @param logs how far it holds each log, in the order of their names
  /// @param records which member records it holds, by GUID
  record News(long after, long arrival, List<LogHead> logs, List<RecordHead> records)
      implements Frame {
    /// Copies the lists.
    public News {
      logs = List.copyOf(logs);
      records = List.copyOf(records);
    }
  }

  /// How far a log is held.
  ///
  /// @param log which log
  /// @param seq number of the last message held, without a gap before it
  /// @param print of the hash of the batch that it is in, see [Digest#print]; 0 if that is not said
  record LogHead(LogId log, long seq, long print) {
    /// Says nothing of the hash.
    public LogHead(LogId log, long seq) {
      this(log, seq, 0);
    }
  }

  /// Which record of a member is held.
  ///
  /// @param guid whose
  /// @param epoch of its certificate
  /// @param number of its contact
  record RecordHead(Guid guid, int epoch, long number) {}

  /// Which children of these nodes of your hash tree, please.
  ///
  /// @param nodes to open
  record Probe(List<TreeNode> nodes) implements Frame {
    /// Copies the list.
    public Probe {
      nodes = List.copyOf(nodes);
    }
  }

  /// A node of the hash tree over the dense GUID space, fan-out 16: node (level, index) stands for
  /// the GUIDs [index·16^(level+1), (index+1)·16^(level+1)).
  ///
  /// @param level 0 for a leaf of 16 GUIDs
  /// @param index within the level
  record TreeNode(int level, int index) {}

  /// The hashes of a node's 16 children.
  ///
  /// @param parent whose children
  /// @param children 16 hashes, 0 for an empty child
  record Hashes(TreeNode parent, List<Long> children) implements Frame {
    /// Copies the list.
    public Hashes {
      children = List.copyOf(children);
    }
  }

  /// Please send what I lack.
  ///
  /// @param id chosen by the asker, comes back in each [Batches]
  /// @param ranges what is wanted, most wanted first
  record Fetch(long id, List<Range> ranges) implements Frame {
    /// Copies the list.
    public Fetch {
      ranges = List.copyOf(ranges);
    }
  }

  /// Messages [from, until] of a log, both included.
  ///
  /// @param log which log
  /// @param from first wanted
  /// @param until last wanted
  record Range(LogId log, long from, long until) {}

  /// Part of the answer to a [Fetch]: whole batches, in order within each log.
  ///
  /// @param id of the [Fetch]
  /// @param batches what is held of the ranges asked for
  /// @param floors where less is held than was asked: the first message that still is
  /// @param done whether this is the last part. Less than was asked may have come: ask again
  record Batches(long id, List<Batch> batches, List<LogHead> floors, boolean done)
      implements Frame {
    /// Copies the lists.
    public Batches {
      batches = List.copyOf(batches);
      floors = List.copyOf(floors);
    }
  }

  /// Please send the proofs that these logs are forked.
  ///
  /// @param logs which
  record ForksWanted(List<LogId> logs) implements Frame {
    /// Copies the list.
    public ForksWanted {
      logs = List.copyOf(logs);
    }
  }

  /// Please send the records of these members.
  ///
  /// @param guids whose
  record RecordsWanted(List<Guid> guids) implements Frame {
    /// Copies the list.
    public RecordsWanted {
      guids = List.copyOf(guids);
    }
  }

  /// Member records, as asked.
  ///
  /// @param records newest known
  record Records(List<MemberRecord> records) implements Frame {
    /// Copies the list.
    public Records {
      records = List.copyOf(records);
    }
  }
}
