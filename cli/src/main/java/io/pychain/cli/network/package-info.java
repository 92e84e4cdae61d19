/// The development network: a boot node and its clients as processes of this machine.
///
/// A folder holds all of it: `network.json`, which says what belongs to it and with which process
/// ids, and a folder per node. Every command works from that file, so that the one who started the
/// network need not be there any more; a process id counts only together with the time its process
/// was started, as ids are used again.
@NullMarked
package io.pychain.cli.network;

import org.jspecify.annotations.NullMarked;
