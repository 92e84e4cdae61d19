package io.pychain.core.wire;

import io.pychain.core.ring.Ring;

/// How much of anything may be on the wire. They bound what a node must allocate for what others
/// send, so both sides hold to them: what is over a limit is refused on reading, and is a fault of
/// the caller on writing ([IllegalArgumentException]).
///
/// They are part of protocol version 1 and the same in every node; settings of an operator
/// (MESSAGE_BYTES_MAX and the like) lie below them. Lengths of texts stand with the values: in
/// [Contact], [Message], [Frame.NetworkInfo].
public final class WireLimits {
  /// Largest payload of one message, in bytes. The operator's MESSAGE_BYTES_MAX lies below.
  public static final int MESSAGE_BYTES_MAX = 8 << 20;

  /// Largest content of a batch, in bytes: the largest message, or many small ones with what each
  /// costs beside its payload.
  public static final int BATCH_BYTES_MAX = MESSAGE_BYTES_MAX + (60 << 10);

  /// Largest frame of a member, in bytes without the length before it: the largest batch and what
  /// is round it.
  public static final int FRAME_BYTES_MAX = MESSAGE_BYTES_MAX + (64 << 10);

  /// Largest frame of a stranger, in bytes: until both hellos are done and the record is verified,
  /// and for as long as a guest has no GUID. Has room for the largest hello.
  public static final int HANDSHAKE_FRAME_BYTES_MAX = 16 << 10;

  /// Largest frame before TLS, in bytes: an invitation, or the longest solution.
  public static final int DOOR_FRAME_BYTES_MAX = 2 << 10;

  /// Most messages in one batch.
  public static final int BATCH_MESSAGES_MAX = 65_536;

  /// Highest number that a batch may begin with, so that those of its messages fit into 63 bits.
  public static final long SEQ_MAX = Long.MAX_VALUE - BATCH_MESSAGES_MAX;

  /// Most batches in one [Frame.Batches]. 512 KiB of batches, however small, are never as many.
  public static final int BATCHES_MAX = 16_384;

  /// Most messages in all batches of one [Frame.Batches]. Without it a frame of empty messages, two
  /// bytes each, would grow to forty times its size in memory. 512 KiB of batches never have more.
  public static final int FRAME_MESSAGES_MAX = 262_144;

  /// Most rows of logs, and most of members, in one [Frame.Heads]; whoever has more to say sends
  /// several.
  public static final int HEADS_MAX = 65_536;

  /// Most logs in one [Frame.ForksWanted], and forks in one [Frame.Heads].
  public static final int FORKS_MAX = 4_096;

  /// Most floors in one [Frame.Batches].
  public static final int FLOORS_MAX = 4_096;

  /// Most ranges in one [Frame.Fetch].
  public static final int RANGES_MAX = 4_096;

  /// Most nodes of the hash tree in one [Frame.Probe].
  public static final int PROBES_MAX = 4_096;

  /// Largest GUID: what a ring takes.
  public static final int GUID_MAX = Ring.GUID_MAX;

  /// Children of a node of the hash tree, and so hashes in one [Frame.Hashes]: always all of them.
  public static final int TREE_FAN_OUT = 16;

  /// Highest level of the hash tree, whose one node stands for every GUID that there can be.
  public static final int TREE_LEVEL_MAX = 5;

  /// Most GUIDs in one [Frame.RecordsWanted], and so most records asked for at once.
  public static final int RECORDS_WANTED_MAX = 512;

  /// Most records in one [Frame.Records]. So many of the largest fit into a frame.
  public static final int RECORDS_MAX = 512;

  /// Largest content of a certificate, in bytes; of which this version uses about 290, and 110 more
  /// for each key that the holder had before, [Lineage#FORMER_MAX] at most.
  public static final int CERTIFICATE_BYTES_MAX = 1 << 10;

  /// Largest content of a delegation, in bytes; of which this version uses about 80.
  public static final int DELEGATION_BYTES_MAX = 256;

  /// Largest content of an invitation, in bytes; of which this version uses about 240.
  public static final int INVITE_BYTES_MAX = 512;

  /// Largest content of the parameters of a network, in bytes; of which this version uses about 60.
  public static final int PARAMETERS_BYTES_MAX = 1 << 10;

  /// Largest content of a contact, in bytes; this version needs at most 9 KiB.
  public static final int CONTACT_BYTES_MAX = 12 << 10;

  /// Most links that a broadcast may have crossed. A tree over 2^31 members is 31 links deep at
  /// base 2; the rest is for detours.
  public static final int HOPS_MAX = 255;

  /// Longest explanation in a [Frame.Goodbye], in characters.
  public static final int DETAIL_LENGTH_MAX = 512;

  private WireLimits() {}
}
