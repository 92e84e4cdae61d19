package io.pychain.core.trust;

import io.pychain.core.message.Delegation;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whether the authority has given a delegation, and those found good last.
///
/// Every paper of a boot node carries the same one. To verify it anew each time would make a record
/// three signatures instead of two. What is remembered is the very bytes with their signature, and
/// only once they were found good, so a stranger cannot fill or empty it.
///
/// For many threads.
final class Delegations {
  /// Delegations remembered: several of each of some boot nodes.
  static final int KNOWN_MAX = 32;

  private final NetworkId network;
  private final NodeKey authority;
  private final SignatureScheme scheme;
  private volatile List<Delegation> known = List.of();

  Delegations(NetworkId network, NodeKey authority, SignatureScheme scheme) {
    this.network = network;
    this.authority = authority;
    this.scheme = scheme;
  }

  /// Whether the authority has let this delegate sign what is dated so.
  boolean cover(Delegation delegation, Instant dated) {
    return delegation.network().equals(network)
        && !delegation.hasEnded(dated)
        && (known.contains(delegation) || isGood(delegation));
  }

  private boolean isGood(Delegation delegation) {
    byte[] statement = Domain.DELEGATION.statement(network, delegation.sealed().content());
    boolean good =
        PublicKeys.acceptable(delegation.delegate())
            && scheme.verify(authority, statement, delegation.sealed().signature());
    if (good) {
      remember(delegation);
    }
    return good;
  }

  /// Of two that come at once one may be forgotten, and is then verified again.
  private void remember(Delegation delegation) {
    List<Delegation> newest = new ArrayList<>();
    newest.add(delegation);
    newest.addAll(known.subList(0, Math.min(known.size(), KNOWN_MAX - 1)));
    known = List.copyOf(newest);
  }
}
