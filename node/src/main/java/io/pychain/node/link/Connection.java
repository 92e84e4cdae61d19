package io.pychain.node.link;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.NodeKey;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.UnknownFrameException;
import io.pychain.node.keys.NodeCertificate;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;

/// Frames over one TLS connection: 4 bytes of length, big-endian, then the frame.
///
/// One thread reads, another writes; any may close.
final class Connection implements AutoCloseable {
  /// A frame up to this length gets its array at once; a longer one as its bytes arrive, so that a
  /// length alone, without the bytes, costs the sender's memory and not ours.
  private static final int TRUSTED_LENGTH = 64 << 10;

  private final Socket socket;
  private final SSLSocket tls;
  private final NodeKey peerKey;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] header = new byte[Integer.BYTES];
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong receivedBytes = new AtomicLong();

  private Connection(Socket socket, SSLSocket tls) throws IOException {
    this.socket = socket;
    this.tls = tls;
    this.in = new DataInputStream(tls.getInputStream());
    // Gathers small frames to a record.
    this.out =
        new DataOutputStream(new BufferedOutputStream(tls.getOutputStream(), Tls.RECORD_BYTES));
    var certificate = (X509Certificate) tls.getSession().getPeerCertificates()[0];
    this.peerKey = NodeCertificate.keyOf(certificate).orElseThrow();
  }

  /// Waits for TLS on a connection that was accepted, the first byte of which has been read. The
  /// socket stays the caller's if this fails.
  static Connection accept(Tls tls, Socket socket) throws IOException {
    return new Connection(socket, tls.accept(socket));
  }

  /// Waits for TLS on a connection that was dialled. The socket stays the caller's if this fails.
  static Connection dial(Tls tls, Socket socket) throws IOException {
    return new Connection(socket, tls.dial(socket));
  }

  /// The key that the other side has proven to hold. On the dialling side that is known before the
  /// other side has looked at ours.
  NodeKey peerKey() {
    return peerKey;
  }

  /// Where the other side is seen.
  String peerHost() {
    return socket.getInetAddress().getHostAddress();
  }

  /// The next frame's bytes; empty if the other side has closed in between frames.
  ///
  /// @throws RefusedException if the frame is to be longer than allowed
  Optional<Bytes> read(int bytesMax) throws IOException {
    int started = in.readNBytes(header, 0, header.length);
    if (started == 0) {
      return Optional.empty();
    }
    if (started < header.length) {
      throw new EOFException("closed within the length of a frame");
    }
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > bytesMax) {
      throw RefusedException.oversize(
          "a frame of " + Integer.toUnsignedString(length) + " bytes, allowed are " + bytesMax);
    }
    byte[] bytes = length <= TRUSTED_LENGTH ? new byte[length] : in.readNBytes(length);
    if (length <= TRUSTED_LENGTH) {
      in.readFully(bytes);
    } else if (bytes.length < length) {
      throw new EOFException("closed within a frame");
    }
    receivedBytes.addAndGet(Integer.BYTES + length);
    return Optional.of(Bytes.wrap(bytes));
  }

  /// The next frame, which must come.
  ///
  /// @throws RefusedException if it is none
  /// @throws PeerRefusedException if it is a goodbye
  Frame expect(int bytesMax) throws IOException {
    Bytes bytes = read(bytesMax).orElseThrow(() -> new EOFException("closed without a word"));
    Frame frame = decode(bytes);
    if (frame instanceof Frame.Goodbye goodbye) {
      throw new PeerRefusedException(goodbye);
    }
    return frame;
  }

  private static Frame decode(Bytes bytes) throws RefusedException {
    try {
      return FrameCodec.decode(bytes);
    } catch (UnknownFrameException unknown) {
      throw RefusedException.malformed("an unknown frame before the hello");
    } catch (MalformedException e) {
      throw RefusedException.malformed(String.valueOf(e.getMessage()));
    }
  }

  /// Writes a frame into the buffer, and on to the other side if that is full.
  void write(Frame frame) throws IOException {
    byte[] bytes = FrameCodec.encode(frame);
    out.writeInt(bytes.length);
    out.write(bytes);
    sentBytes.addAndGet(Integer.BYTES + bytes.length);
  }

  void flush() throws IOException {
    out.flush();
  }

  /// Says the last word, and waits until the other side has closed: to close at once would let the
  /// system throw away what the other side has not read. Ends when the socket is closed, too.
  void part(Frame.Goodbye goodbye) {
    try {
      write(goodbye);
      flush();
      finish();
      drain();
    } catch (IOException gone) {
      // Then nobody is there to be told.
    }
  }

  /// Says that nothing more will be written.
  void finish() throws IOException {
    tls.shutdownOutput();
  }

  /// Reads and throws away until the other side closes.
  void drain() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  long sentBytes() {
    return sentBytes.get();
  }

  long receivedBytes() {
    return receivedBytes.get();
  }

  /// Cuts the connection at once, whoever is reading or writing.
  @Override
  public void close() {
    Sockets.close(socket);
  }
}
