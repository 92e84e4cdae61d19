/// The HTTP API: what operators, scripts and applications see of a node.
///
/// It serves [io.pychain.node.Node] and nothing else, so that it runs as well against a fake.
/// Whatever comes in is a stranger's: bounded, checked, and answered with a problem that says what
/// is allowed. May import `core`, `node` and `node.metrics`.
@NullMarked
package io.pychain.node.api;

import org.jspecify.annotations.NullMarked;
