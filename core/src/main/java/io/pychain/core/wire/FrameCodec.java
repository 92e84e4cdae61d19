package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;

/// Frames as bytes. Which kinds there are and what is in them stands in `pychain.proto`.
public final class FrameCodec {
  private FrameCodec() {}

  /// The frame as bytes, without the length that goes before it on a link.
  ///
  /// @throws IllegalArgumentException if the frame is over a limit of [WireLimits], which is a
  ///   fault of whoever built it
  public static byte[] encode(Frame frame) {
    byte[] bytes = FrameWriter.write(frame);
    checkLength(bytes.length);
    return bytes;
  }

  /// How many bytes [#encode] would give, at the cost of counting them.
  ///
  /// @throws IllegalArgumentException if the frame is over a limit of [WireLimits]
  public static int length(Frame frame) {
    int length = FrameWriter.length(frame);
    checkLength(length);
    return length;
  }

  private static void checkLength(int bytes) {
    if (bytes > WireLimits.FRAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a frame has at most " + WireLimits.FRAME_BYTES_MAX + " bytes, not " + bytes);
    }
  }

  /// Reads one frame, which is all of these bytes. Batches share the array if they are most of it.
  ///
  /// @throws UnknownFrameException if the frame is of a kind that this version does not know
  /// @throws MalformedException if the bytes are no frame, or one over a limit
  public static Frame decode(Bytes bytes) throws MalformedException {
    if (bytes.length() > WireLimits.FRAME_BYTES_MAX) {
      throw new MalformedException(
          "frame", "has " + bytes.length() + " bytes, allowed are " + WireLimits.FRAME_BYTES_MAX);
    }
    return Refusal.of("frame", () -> FrameReader.read(bytes));
  }
}
