/// Who is dead, and who of the lost may be found again.
///
/// ```
///                    a link broke, a dial failed, a ping was left without an answer
///                                                  │
///                                                Watch ──► Suspicion, published
///                                                            │
///    everybody's suspicions ──► Verdicts ──► Deaths ──► off the ring
///                                  ▲           │
///     a newer record ──────────────┘           └──► Search: is it there again?
///        ▲                     ▲
///    Refutation             Expiry: the record is too old
/// ```
///
/// `Verdicts` is the rule: a fold over signed facts, the same at every member, with no clock in it.
/// The others put time to it. [Lookout] is the only door: it is told what happens and answers with
/// [Findings]; it sends nothing but pings. May import `ring`, `message`, and of the rooms beside it
/// `membership`, whose dead it marks, and `link`, to see who answers.
@NullMarked
package io.pychain.core.failure;

import org.jspecify.annotations.NullMarked;
