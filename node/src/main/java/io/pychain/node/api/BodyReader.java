package io.pychain.node.api;

import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Reads bodies, each in bounded time and all of them in bounded memory.
///
/// The room for a body is taken before its first byte is read, and is given back when it has been
/// read: from then on the queue of the protocol bounds what is held.
final class BodyReader {
  /// Room taken by a body whose length is not announced, until it turns out to need more.
  private static final int CHUNK_BYTES = 64 << 10;

  private final Deadlines deadlines;
  private final ApiConfig.Limits limits;
  private final Semaphore roomBytes;

  BodyReader(Deadlines deadlines, ApiConfig.Limits limits) {
    this.deadlines = deadlines;
    this.limits = limits;
    this.roomBytes = new Semaphore(limits.bodiesBytesMax());
  }

  /// Reads a body to its end; a client that is too slow loses its connection.
  ///
  /// @param announced the `Content-Length`, which the server has checked to be a number, if any
  /// @throws Problem 413, 503
  Bytes read(InputStream in, Optional<String> announced, int bytesMax) throws IOException {
    long length = announced.map(Long::parseLong).orElse(-1L);
    if (length > bytesMax) {
      throw tooLarge(bytesMax);
    }
    try (var _ = deadlines.in(limits.bodyTimeout())) {
      return length >= 0 ? readExactly(in, (int) length) : readToEnd(in, bytesMax);
    }
  }

  private Bytes readExactly(InputStream in, int length) throws IOException {
    takeRoom(length);
    try {
      byte[] body = new byte[length];
      if (in.readNBytes(body, 0, length) < length) {
        throw Problem.malformed("The body ended before its Content-Length.");
      }
      return Bytes.wrap(body);
    } finally {
      roomBytes.release(length);
    }
  }

  /// A chunked body: grows by doubling, each step within the room.
  private Bytes readToEnd(InputStream in, int bytesMax) throws IOException {
    byte[] body = new byte[Math.min(CHUNK_BYTES, bytesMax + 1)];
    int taken = body.length;
    int length = 0;
    takeRoom(taken);
    try {
      while (true) {
        int read = in.readNBytes(body, length, body.length - length);
        length += read;
        if (length > bytesMax) {
          throw tooLarge(bytesMax);
        }
        if (length < body.length) {
          return Bytes.wrap(body).slice(0, length);
        }
        int larger = (int) Math.min(2L * body.length, bytesMax + 1L);
        takeRoom(larger - taken);
        taken = larger;
        body = java.util.Arrays.copyOf(body, larger);
      }
    } finally {
      roomBytes.release(taken);
    }
  }

  private void takeRoom(int bytes) {
    if (!roomBytes.tryAcquire(bytes)) {
      throw Problem.unavailable("Too many large requests at once; send it again.", 1);
    }
  }

  private static Problem tooLarge(int bytesMax) {
    return Problem.tooLarge("The body of this call has at most " + bytesMax + " bytes.");
  }
}
