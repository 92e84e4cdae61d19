package io.pychain.simulator.world;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.simulator.check.RuleBroken;

/// What becomes of a frame between two nodes: its size is counted, and the object is passed on as
/// it is or, on request, as what its bytes decode to.
final class Wire {
  /// Bytes before each frame that tell its length.
  private static final int PREFIX_BYTES = 4;

  private final boolean codec;

  /// @param codec whether every frame is really encoded and decoded, and must come out equal
  Wire(boolean codec) {
    this.codec = codec;
  }

  /// A frame under way.
  ///
  /// @param frame what arrives
  /// @param bytes its size, with its length before it
  record Parcel(Frame frame, int bytes) {}

  /// Puts a frame on the wire.
  Parcel pack(Frame frame) {
    return new Parcel(codec ? decoded(frame) : frame, PREFIX_BYTES + FrameCodec.length(frame));
  }

  private static Frame decoded(Frame frame) {
    try {
      Frame decoded = FrameCodec.decode(Bytes.wrap(FrameCodec.encode(frame)));
      if (!decoded.equals(frame)) {
        throw new RuleBroken(
            "what is decoded is what was encoded: %s, %s".formatted(frame, decoded));
      }
      return decoded;
    } catch (MalformedException e) {
      throw new RuleBroken("what is encoded can be decoded: %s, %s".formatted(frame, e));
    }
  }
}
