/// What must be true whatever happens, and how a run is measured and told from another.
///
/// [Ledger][io.pychain.simulator.check.Ledger] knows everything that was ever published, sent,
/// written and delivered, as no node can, and throws the moment that a promise is broken. It looks
/// at each event once, at a cost that does not grow with the run. May import `core` only.
@NullMarked
package io.pychain.simulator.check;

import org.jspecify.annotations.NullMarked;
