package io.pychain.node.keys;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Invitation;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Invite;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.InviteCodec;
import io.pychain.core.wire.MalformedException;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;

/// An invitation as it is handed to somebody: a private key, and the authority's word that whoever
/// holds it may name one newcomer. A secret until it is used, and worth nothing after.
///
/// Its text is `invite-` and the base64 (for URLs, RFC 4648) of the seed of the key (32 bytes) and
/// the signed invitation.
public final class InviteToken {
  /// What its text begins with.
  public static final String PREFIX = "invite-";

  /// Longest text that is read.
  private static final int TEXT_LENGTH_MAX = 2_048;

  private static final int SEED_LENGTH = 32;

  private final NodeKeys keys;
  private final Invite invite;

  private InviteToken(NodeKeys keys, Invite invite) {
    this.keys = keys;
    this.invite = invite;
  }

  /// Makes one out of nothing.
  ///
  /// @param until when it ends
  public static InviteToken make(NetworkInfo network, Instant until, Mandate mandate) {
    NodeKeys keys = NodeKeys.generate();
    return new InviteToken(
        keys, InviteCodec.issue(Networks.idOf(network), keys.key(), until, mandate));
  }

  /// Reads the text of one.
  ///
  /// @throws IOException if it is none; the text says what to do
  public static InviteToken parse(String text) throws IOException {
    try {
      if (text.startsWith(PREFIX) && text.length() <= TEXT_LENGTH_MAX) {
        Bytes all = Bytes.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
        NodeKeys keys = NodeKeys.ofSeed(all.slice(0, SEED_LENGTH).toArray());
        Invite invite = InviteCodec.decode(all.slice(SEED_LENGTH, all.length()));
        if (invite.id().equals(keys.key())) {
          return new InviteToken(keys, invite);
        }
      }
    } catch (MalformedException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
      // Told below.
    }
    throw new IOException(
        "INVITE is no invitation: it is one line that begins with invite-, made by \"pychain"
            + " invite\" at a boot node; copy it whole");
  }

  /// The key that is invited, which names the invitation.
  public NodeKey id() {
    return invite.id();
  }

  /// When it ends.
  public Instant until() {
    return invite.until();
  }

  /// What to show at the door: of use to this newcomer only.
  public Invitation makeOutTo(NodeKey newcomer) {
    byte[] statement = Domain.INVITED.statement(invite.network(), newcomer.bytes());
    return new Invitation(invite, Bytes.wrap(keys.signer().sign(statement)));
  }

  /// Its text, which is the secret.
  public String text() {
    byte[] signed = InviteCodec.encode(invite);
    byte[] all = new byte[SEED_LENGTH + signed.length];
    System.arraycopy(keys.seed(), 0, all, 0, SEED_LENGTH);
    System.arraycopy(signed, 0, all, SEED_LENGTH, signed.length);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "InviteToken(" + invite.id() + ")";
  }
}
