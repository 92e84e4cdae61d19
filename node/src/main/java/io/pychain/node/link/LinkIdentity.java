package io.pychain.node.link;

import io.pychain.core.admission.Terms;
import io.pychain.core.message.Address;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.node.keys.NodeKeys;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Who this node is to those it links with.
///
/// @param keys its own key
/// @param certificate that TLS shows for the key
/// @param network that it is a member of
/// @param storeId of its store
/// @param record its own member record as it is now; asked for each hello, by many threads
/// @param bootNode where a member that admits newcomers can be found, to tell those who ask here;
///   asked by many threads
/// @param isMember whether a key is that of a known member; asked by many threads
/// @param terms on which newcomers are admitted now, if they are; asked by many threads
public record LinkIdentity(
    NodeKeys keys,
    X509Certificate certificate,
    NetworkInfo network,
    long storeId,
    Supplier<MemberRecord> record,
    Supplier<Optional<Address>> bootNode,
    Predicate<NodeKey> isMember,
    Supplier<Optional<Terms>> terms) {}
