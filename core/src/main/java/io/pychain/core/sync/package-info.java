/// Network sync: what a peer has that I lack, at a cost that follows the difference.
///
/// ```
///   own store ──► Journal ──► Teller ───── Heads ─────►  the peer's Wants ── Fetch ──►  my store
///             ──► AuditTree ─► Comparisons ⇄ Summary, Probe, Hashes, Heads
/// ```
///
/// A node with news tells its sync partners, a few times a second, which logs have grown; whoever
/// lacks something waits a moment for broadcast to bring it and then fetches it. A first contact,
/// and every sync interval, compare all that both hold by a tree of hashes over the dense GUID
/// space, descended only where it differs. The room speaks of members, never of links, and holds no
/// message. May import `ring` and `message`.
@NullMarked
package io.pychain.core.sync;

import org.jspecify.annotations.NullMarked;
