package io.pychain.core.protocol;

import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Signer;
import java.util.Optional;

/// Who this node is.
///
/// @param network the network it belongs to
/// @param record its own member record, signed anew at this start and newer than any stored one
/// @param signer its own key
/// @param authority the right to sign for the authority, in a boot node only
/// @param fresh whether its GUID was allocated for this very start, so that it has never published
public record Identity(
    Frame.NetworkInfo network,
    MemberRecord record,
    Signer signer,
    Optional<Mandate> authority,
    boolean fresh) {}
