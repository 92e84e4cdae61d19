/// Private keys: where they are kept, how they sign, and which code does the arithmetic.
///
/// Two keys exist: every node has a node key, whose public half is bound to its GUID, and a boot
/// node has the network's authority key besides. Both are files that only the node's user can read,
/// made at the first start. Whoever loses the file loses the identity; whoever copies it can act
/// for it.
///
/// May import the core's `message` and `trust`, and nothing of the other rooms of the node.
@NullMarked
package io.pychain.node.keys;

import org.jspecify.annotations.NullMarked;
