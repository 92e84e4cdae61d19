package io.pychain.node.fuzz;

import com.sun.management.ThreadMXBean;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.WireLimits;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Bytes that are said to be a frame. What is read says the same when it is written again, and
/// reading takes memory in proportion to what was sent.
final class FrameTarget implements Target {
  /// Objects made of one byte on the wire: an empty message costs two bytes there, and here a
  /// record and its place in lists, with what the instrumentation adds.
  private static final long BYTES_PER_BYTE_MAX = 200;

  private static final long BYTES_AT_LEAST = 64 << 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Override
  public Outcome run(byte[] input) {
    long allocated = allocatedBy(input);
    // The first time, classes are loaded: that is no fault of the input.
    if (allocated > allowed(input)) {
      allocated = allocatedBy(input);
      check(allocated <= allowed(input), allocated + " bytes of memory for " + input.length);
    }
    try {
      checkSame(FrameCodec.decode(Bytes.wrap(input)));
      return Outcome.TAKEN;
    } catch (MalformedException refused) {
      return Outcome.MALFORMED;
    }
  }

  private long allocatedBy(byte[] input) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      FrameCodec.decode(Bytes.wrap(input));
    } catch (MalformedException refused) {
      // Refusing must not take more either.
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static long allowed(byte[] input) {
    return BYTES_AT_LEAST + BYTES_PER_BYTE_MAX * input.length;
  }

  private static void checkSame(Frame frame) {
    byte[] again = FrameCodec.encode(frame);
    check(FrameCodec.length(frame) == again.length, "the length is miscounted");
    check(again.length <= WireLimits.FRAME_BYTES_MAX, "it grew over the limit");
    try {
      check(FrameCodec.decode(Bytes.wrap(again)).equals(frame), "it means something else now");
    } catch (MalformedException wrong) {
      throw new AssertionError("what was read cannot be written", wrong);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>(GoldenFrames.all());
    new Realm("here", 1).signedFrames().forEach(frame -> seeds.add(FrameCodec.encode(frame)));
    return seeds;
  }
}
