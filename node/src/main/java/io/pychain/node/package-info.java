/// The shell round the core: links, storage, keys, the HTTP API, metrics and life cycle. It turns
/// what the world does into inputs of the protocol, and the protocol's effects into writes and
/// sends.
///
/// May import `core`, never `simulator` or `cli`.
@NullMarked
package io.pychain.node;

import org.jspecify.annotations.NullMarked;
