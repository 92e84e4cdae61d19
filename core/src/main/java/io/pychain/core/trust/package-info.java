/// Who may be believed: signatures, certificates and what they are bound to.
///
/// Pure functions over keys. The algorithm itself comes from outside as a [SignatureScheme], so
/// that the node uses a fast Ed25519 and a simulation a cheap stand-in. May import `ring` and
/// `message`.
@NullMarked
package io.pychain.core.trust;

import org.jspecify.annotations.NullMarked;
