package io.pychain.node;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NodeKey;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.node.config.BootAddress;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.JoinClient;
import io.pychain.node.store.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What makes a node a member, decided before it runs: by founding a network, by having joined
/// before, or by joining now.
///
/// | role | STORAGE_DIR holds | then |
/// | --- | --- | --- |
/// | boot | nothing | makes the authority's key, and gives itself GUID 0 |
/// | boot | a delegation made for founding | has GUID 0 by that |
/// | boot | its certificate | is who it was; the network's name cannot change |
/// | boot | its right to admit only | joins by BOOT_NODE, and learns from all who there is |
/// | client | its certificate and peers | is who it was; needs no boot node |
/// | client | neither | joins by BOOT_NODE, for as long as it takes |
///
/// @param network that it is in
/// @param certificate of its GUID
/// @param authority the right to sign for the authority, in a boot node
/// @param observedHost where the boot node saw it, if it has just joined
/// @param fresh whether its GUID was allocated just now
record Membership(
    NetworkInfo network,
    Certificate certificate,
    Optional<Mandate> authority,
    Optional<String> observedHost,
    boolean fresh) {
  /// A newcomer tries for a year, which is until somebody stops it.
  private static final Duration JOIN_PATIENCE = Duration.ofDays(365);

  /// Founds a network, or goes on with the one that was founded here.
  ///
  /// @throws IOException if the folder is that of another network or of no boot node
  static Membership ofBootNode(NodeConfig config, Store store, NodeKeys own, JoinClient joiner)
      throws IOException {
    Office office = Office.of(config, store.network(), own);
    Optional<Certificate> certificate = store.certificate().or(office::founding);
    if (certificate.isEmpty()) {
      return rejoin(config, store, joiner, office);
    }
    checkKey(certificate.get(), own.key());
    store.pinNetwork(office.network());
    store.keepCertificate(certificate.get());
    return new Membership(
        office.network(),
        certificate.get(),
        Optional.of(office.mandate()),
        Optional.empty(),
        false);
  }

  /// The right to admit is here and the table of who has which GUID is not: it was lost, or this is
  /// one more boot node. Whoever founded anew here would give GUIDs a second time.
  private static Membership rejoin(NodeConfig config, Store store, JoinClient joiner, Office office)
      throws IOException {
    if (config.bootNodes().isEmpty()) {
      throw new IOException(
          ("%s is there, but not the table of who has which GUID. If the table was lost, or this"
                  + " is one more boot node: name another boot node, or any member, by BOOT_NODE."
                  + " To found a new network: move the key away, or get a delegation made with"
                  + " --found less than an hour ago")
              .formatted(office.file()));
    }
    Membership member = join(config, store, joiner, Optional.of(office.network().authority()));
    return new Membership(
        member.network(),
        member.certificate(),
        Optional.of(office.mandate()),
        member.observedHost(),
        member.fresh());
  }

  /// Goes on as the member that this node was, or joins.
  ///
  /// @throws IOException if it cannot become a member; the message says what to do
  static Membership ofClient(NodeConfig config, Store store, NodeKey own, JoinClient joiner)
      throws IOException {
    Optional<NetworkInfo> network = store.network();
    Optional<Certificate> certificate = store.certificate();
    if (network.isPresent()) {
      checkPins(config.bootNodes(), network.get().authority());
    }
    if (certificate.isPresent()) {
      checkKey(certificate.get(), own);
    }
    boolean isMember =
        network.isPresent() && certificate.filter(held -> isTaken(config, held)).isPresent();
    if (isMember && knowsOthers(store.load(), certificate.get().guid())) {
      return new Membership(
          network.get(), certificate.get(), Optional.empty(), Optional.empty(), false);
    }
    return join(config, store, joiner, store.network().map(NetworkInfo::authority));
  }

  /// An operator who has pinned another authority means another network.
  private static void checkPins(List<BootAddress> bootNodes, NodeKey authority) throws IOException {
    for (BootAddress entry : bootNodes) {
      if (entry instanceof BootAddress.Peer peer
          && peer.authority().stream().anyMatch(pin -> !pin.equals(authority))) {
        throw new IOException(
            ("BOOT_NODE=%s names another authority than the one this STORAGE_DIR has joined"
                    + " (%s): correct it, or choose another folder")
                .formatted(entry, authority));
      }
    }
  }

  private static void checkKey(Certificate certificate, NodeKey own) throws IOException {
    if (!certificate.key().equals(own)) {
      throw new IOException(
          ("the node key in STORAGE_DIR is not the one that GUID %s was given to (%s): put"
                  + " that one back, or choose another folder")
              .formatted(certificate.guid(), certificate.key()));
    }
  }

  /// Whether others still take a certificate. If not, a boot node gives its holder a later one for
  /// the same GUID, as it would to one that has lost its folder.
  private static boolean isTaken(NodeConfig config, Certificate certificate) {
    return certificate
        .expires()
        .map(end -> end.plus(config.certificateGrace()))
        .filter(Instant.now()::isAfter)
        .isEmpty();
  }

  private static boolean knowsOthers(Stored stored, Guid self) {
    return stored.records().stream().anyMatch(record -> !record.guid().equals(self));
  }

  private static Membership join(
      NodeConfig config, Store store, JoinClient joiner, Optional<NodeKey> expected)
      throws IOException {
    if (config.bootNodes().isEmpty()) {
      throw new IOException(
          "BOOT_NODE is not set, and STORAGE_DIR %s knows no peers: name a boot node to join by"
              .formatted(config.storageDir()));
    }
    JoinClient.Joined joined;
    try {
      joined = joiner.join(config.bootNodes(), expected, JOIN_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped before it had joined");
    }
    store.pinNetwork(joined.network());
    store.keepCertificate(joined.certificate());
    // The first peer, written last: without it this node would join again, and get the same GUID.
    long write = store.load().lastWrite() + 1;
    store.write(List.of(new Persist.StoreRecord(write, joined.boot())));
    return new Membership(
        joined.network(),
        joined.certificate(),
        Optional.empty(),
        Optional.of(joined.observedHost()),
        joined.fresh());
  }
}
