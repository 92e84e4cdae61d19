/// Links: authenticated TLS connections between members, and the conversation by which a newcomer
/// becomes one.
///
/// ```
///   accept ─┐                     ┌─ reader: socket → frame → decode → verify → Consumer<Input>
///           ├─ TLS ─ hello ─ link ┤
///   dial  ──┘                     └─ writer: outbox (control │ data) → encode → socket, one flush
/// ```
///
/// Each link has two virtual threads and a bounded outbox. A reader that finds the protocol's inbox
/// full stops reading, which slows the peer's TCP; a frame for a full outbox is dropped and
/// counted. What a stranger sends is refused, counted and logged here, and never reaches the
/// protocol.
///
/// May import the core's `message`, `wire`, `trust` and `protocol`, and of the node `keys`,
/// `config`, `metrics`. It alone opens sockets to peers, and closes whatever it has opened.
@NullMarked
package io.pychain.node.link;

import org.jspecify.annotations.NullMarked;
