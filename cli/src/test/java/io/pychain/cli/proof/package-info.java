/// What the network promises, proved with real nodes: processes of this machine with real links,
/// disks, signals and kills.
///
/// [io.pychain.cli.proof.ProcessNetwork] starts and ends them, [io.pychain.cli.proof.Api] asks
/// them, [io.pychain.cli.proof.Deliveries] says what must hold of all that they delivered. Nothing
/// is timed to pass or fail: every wait is for a condition, with a deadline far beyond what it
/// takes, and a failure shows the last words of the nodes.
@NullMarked
package io.pychain.cli.proof;

import org.jspecify.annotations.NullMarked;
