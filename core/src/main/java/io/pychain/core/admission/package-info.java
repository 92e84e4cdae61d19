/// What a boot node demands of a newcomer, and the GUIDs that it has given.
///
/// One key gets one GUID for ever. An allocation is durable before it is told. [Door] speaks with
/// newcomers before they cost anything, [Tariff] says what they pay, [Admission] and [Deck] what
/// they get. May import `ring`, `message` and `trust`.
@NullMarked
package io.pychain.core.admission;

import org.jspecify.annotations.NullMarked;
