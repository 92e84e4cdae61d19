/// What a boot node demands of a newcomer, and the GUIDs that it has given.
///
/// One key gets one GUID for ever. An allocation is durable before it is told. May import `ring`
/// and `message`.
@NullMarked
package io.pychain.core.admission;

import org.jspecify.annotations.NullMarked;
