/// The virtual world: one clock, one network, a disk per machine, and the driver that carries out
/// what each protocol core asks for.
///
/// ```
///             Timeline: what happens next, and when
///          ┌──────────────────┬─────────────────┐
///      Network              Machine            Disk
///   frames in flight ─► core.handle(now, in) ─► writes that become durable
///          ▲                  │ Effects          │
///          └──────────────────┴──────────────────┘
///                 every step told to the Witness
/// ```
///
/// Everything happens in one thread and in an order that the seed alone decides: no wall clock, no
/// identity hash code, no unordered collection is ever walked. May import `core` and `check`.
@NullMarked
package io.pychain.simulator.world;

import org.jspecify.annotations.NullMarked;
