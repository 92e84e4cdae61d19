package io.pychain.core.wire;

/// A frame of a kind that this version does not know, from a newer node. It is well formed as far
/// as anybody here can tell: the reader counts it and goes on to the next frame; the link stays up.
public final class UnknownFrameException extends MalformedException {
  UnknownFrameException(int kind) {
    super("frame", "is of kind " + kind + ", which this version does not know");
  }
}
