package io.pychain.node.link;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.WireLimits;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/// Frames over TCP before TLS begins on it: as on a link, and short. Reads not a byte more than the
/// frame, since what follows is for TLS.
final class PlainFrames {
  /// First byte of the length of a short frame, and so not [Tls#FIRST_BYTE].
  static final int FIRST_BYTE = 0;

  private final Socket socket;

  PlainFrames(Socket socket) {
    this.socket = socket;
  }

  void write(Frame frame) throws IOException {
    byte[] bytes = FrameCodec.encode(frame);
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + bytes.length);
    socket.getOutputStream().write(out.putInt(bytes.length).put(bytes).array());
  }

  /// The next frame, which must come.
  Frame read() throws IOException {
    InputStream in = socket.getInputStream();
    int first = in.read();
    if (first != FIRST_BYTE) {
      throw first < 0
          ? new EOFException("closed without a word")
          : RefusedException.malformed("what answers speaks another protocol");
    }
    return readAfterFirstByte();
  }

  /// The frame of whose length the first byte has been read.
  Frame readAfterFirstByte() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    if (length > WireLimits.DOOR_FRAME_BYTES_MAX) {
      throw RefusedException.malformed("a frame of " + length + " bytes before TLS");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    try {
      return FrameCodec.decode(Bytes.wrap(bytes));
    } catch (MalformedException e) {
      throw RefusedException.malformed(String.valueOf(e.getMessage()));
    }
  }

  /// Tells the other side why it is sent away.
  ///
  /// @return what to throw
  RefusedException refuse(Reason reason, String detail) throws IOException {
    write(Goodbyes.of(reason, detail));
    return new RefusedException(Refusal.of(reason), reason, detail);
  }
}
