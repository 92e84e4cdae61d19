package io.pychain.node.link;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.node.config.BootAddress;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks boot nodes for a GUID. One conversation, in the caller's thread:
///
/// ```
///   newcomer                          boot node
///      ├── TLS, each shows its key ──────┤
///      ├── Hello, without a record ─────►│
///      │◄────────── Hello, network, record┤   is it the authority that I expect?
///      ├── Join ────────────────────────►│
///      │◄──── Admitted, certificate, record┤  does the authority name my key?
/// ```
public final class JoinClient {
  /// @param keys of the newcomer
  /// @param certificate that TLS shows for them
  public JoinClient(NodeKeys keys, X509Certificate certificate, SignatureScheme scheme) {}

  /// What admission comes to.
  ///
  /// @param network that the newcomer is now in. Its authority is to be kept, and given as
  ///   `expected` ever after
  /// @param certificate of the newcomer, verified
  /// @param boot the boot node's record, verified: a first peer
  /// @param observedHost where the boot node sees the newcomer
  public record Joined(
      NetworkInfo network, Certificate certificate, MemberRecord boot, String observedHost) {}

  /// Tries the entries in turn, and again with growing pauses, until one admits or the time is up.
  /// Ends early if no entry can succeed by waiting (another authority, another network).
  ///
  /// @param expected the authority that was pinned before, if any; an entry's own pin must agree
  /// @param patience how long to go on while nobody answers
  /// @throws IOException if nobody admits; the text says for each entry why, and what to do
  public Joined join(List<BootAddress> entries, Optional<NodeKey> expected, Duration patience)
      throws IOException, InterruptedException {
    throw new IOException("nobody to join by: " + entries + expected + patience);
  }
}
