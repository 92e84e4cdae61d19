/// Bytes to values and back.
///
/// ```
///   socket ─► length ─► frame ─► FrameCodec.decode ─► Frame ─► trust.Verifier ─► protocol
///                                     │
///                                     └─ MalformedException: which field, what is wrong
/// ```
///
/// The format is Protocol Buffers; `pychain.proto` is its reference and `docs/protocol.md` explains
/// it. It is read and written by hand here rather than by generated classes, for three reasons:
/// what a stranger sends is held to its limits while it is read, before anything is allocated for
/// it; every refusal names the field; and payloads are slices of the frame, never copied. Tests
/// hold this room to the schema with the classes that protoc generates from it.
///
/// What was signed is kept as it came, byte for byte, so that fields which this version does not
/// know survive on their way to those who do.
///
/// Everything here is stateless and safe for many threads. May import `ring`, `message` and, for
/// who signs and what exactly, `trust`.
@NullMarked
package io.pychain.core.wire;

import org.jspecify.annotations.NullMarked;
