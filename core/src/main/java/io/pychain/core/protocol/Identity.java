package io.pychain.core.protocol;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import io.pychain.core.trust.Signer;
import java.util.Optional;

/// Who this node is.
///
/// @param network the network it belongs to
/// @param certificate that names its GUID
/// @param signer its own key
/// @param authority the authority's key, in a boot node only
public record Identity(
    Frame.NetworkInfo network,
    Certificate certificate,
    Signer signer,
    Optional<Signer> authority) {}
