package io.pychain.node.link;

import io.pychain.core.message.Frame.Reason;
import java.util.Locale;

/// Why something from outside was turned away. Each is counted under its name in lower case.
enum Refusal {
  /// More connections than `connectionsMax`.
  TOO_MANY_CONNECTIONS,
  /// The oldest of too many handshakes.
  GAVE_WAY,
  /// More that begin TLS than there is time for.
  TOO_MANY_HANDSHAKES,
  /// More newcomers than `guestsMax`.
  TOO_MANY_GUESTS,
  /// No hello, or no join, in time.
  TIMED_OUT,
  /// Closed or reset by the other side before its hello was there.
  BROKEN_OFF,
  /// The first byte is not that of TLS: some other protocol.
  NOT_TLS,
  /// No TLS 1.3, no certificate or one of another kind.
  TLS_FAILED,
  /// No protocol version in common.
  VERSION,
  /// Another network.
  NETWORK,
  /// Not who it says it is, or not whom this node dialled.
  IDENTITY,
  /// A newcomer whose offer does not hold, or is too low by now.
  UNPAID,
  /// A newcomer without an invitation that holds, where one is needed.
  NOT_INVITED,
  /// Banned from the network.
  REVOKED,
  /// Joining was asked of a node that admits nobody.
  NOT_A_BOOT_NODE,
  /// A member whose certificate has ended.
  EXPIRED,
  /// Bytes that are no frame, or a frame that has no place there.
  MALFORMED,
  /// A frame of a kind that this version does not know; the link stays up.
  UNKNOWN_FRAME,
  /// A signature or hash that does not hold.
  INVALID,
  /// Of a GUID that the authority has given to two keys; the link stays up.
  DISPUTED,
  /// Takes what is sent so slowly that the outbox overflowed.
  TOO_SLOW,
  /// Not turned away but turned down: the other side wants nothing to do with this node, as with
  /// one of another network; its reason is in the log.
  BY_PEER;

  /// As what a reason of the handshake is counted.
  static Refusal of(Reason reason) {
    return switch (reason) {
      case VERSION -> VERSION;
      case NETWORK -> NETWORK;
      case IDENTITY -> IDENTITY;
      case NOT_A_BOOT_NODE -> NOT_A_BOOT_NODE;
      case NOT_INVITED -> NOT_INVITED;
      case UNPAID -> UNPAID;
      case REVOKED -> REVOKED;
      case EXPIRED -> EXPIRED;
      case FULL -> TOO_MANY_GUESTS;
      case SILENT -> TIMED_OUT;
      case INVALID -> INVALID;
      case MALFORMED, STOPPING, REDUNDANT, UNNEEDED -> MALFORMED;
    };
  }

  /// The word that it is counted by.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
