/// What a node must not forget: batches in its delivery order, member records, allocations, and who
/// it is itself, in one SQLite file.
///
/// ```
///   Protocol ──persist──► StoreWriter ──one transaction for all that waits──► Store ──► pychain.db
///      ▲                      │
///      └──────Persisted───────┘            subscribers, HTTP, peers ◄──readers──┘
/// ```
///
/// One thread writes; a few connections read beside it, and see only what is durable. May import
/// `core` and nothing else of ours.
@NullMarked
package io.pychain.node.store;

import org.jspecify.annotations.NullMarked;
