package io.pychain.node;

/// How much of the heap one queue may take: the defaults are for a large heap, and a node with a
/// small one slows its clients and peers down sooner, rather than to run out of memory.
///
/// Queues that were all full at once, which no load brings about, would take less than two thirds
/// of the heap; what a queue costs beside its bytes and what the node needs anyway has the rest.
final class HeapShare {
  /// No queue takes more than this part of the heap.
  static final int PART = 16;

  private final long heapBytes;

  /// @param heapBytes the most that the heap may grow to
  HeapShare(long heapBytes) {
    this.heapBytes = heapBytes;
  }

  static HeapShare ofThisProcess() {
    return new HeapShare(Runtime.getRuntime().maxMemory());
  }

  /// What a queue may take.
  ///
  /// @param most with a large heap
  /// @param atLeast what it needs to work at all
  int of(int most, int atLeast) {
    return (int) Math.max(Math.min(most, heapBytes / PART), atLeast);
  }
}
