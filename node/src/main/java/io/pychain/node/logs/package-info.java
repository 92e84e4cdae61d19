/// Logs on disk, for a process whose business is to be a node.
///
/// Three files, by what an operator looks for: `api.log` (requests), `network_sync.log` (links,
/// members, sync, the life of the process) and `mempool.log` (messages, store, subscriptions). The
/// name of the logger chooses the file. The rest of the node only knows SLF4J: a program that holds
/// nodes as a library has its own logging, so nothing here runs unless the process `main` calls it.
///
/// May import `node.config`.
@NullMarked
package io.pychain.node.logs;

import org.jspecify.annotations.NullMarked;
