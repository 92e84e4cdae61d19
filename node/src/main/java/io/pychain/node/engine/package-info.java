/// The driver of the protocol in the real world: one thread that takes inputs and carries effects
/// out, and what stands round it.
///
/// ```
///   links, publishers ──► Inbox ──► Engine (thread "protocol") ──► Links      frames, dials
///   StoreWriter ──reports──┘             │                    ├──► StoreWriter
///                                        ├──► Tail ──► Follower (thread per subscription)
///                                        ├──► ServeDesk (reads for peers)
///                                        └──► Views (pictures for readers)
/// ```
///
/// May import `core`, `node.store`, `node.metrics` and the interfaces of `node`. Links are an
/// interface here, so that the engine can be driven without sockets.
@NullMarked
package io.pychain.node.engine;

import org.jspecify.annotations.NullMarked;
