package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Hello;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.WireLimits;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/// The other end of a link as somebody else may have written it: says what it likes.
final class Stranger implements AutoCloseable {
  private final Socket socket;
  private final SSLSocket tls;

  private Stranger(Socket socket, SSLSocket tls) {
    this.socket = socket;
    this.tls = tls;
  }

  /// Connects with TLS as nodes do it, and says nothing.
  static Stranger connect(TestNode node, NodeKeys keys) throws IOException {
    Socket socket = plain(node);
    Tls tls = Tls.of(keys, NodeCertificate.make(keys));
    return new Stranger(socket, tls.dial(socket));
  }

  /// Begins TLS on a connection that is there.
  static Stranger over(Socket socket, NodeKeys keys) throws IOException {
    return new Stranger(socket, Tls.of(keys, NodeCertificate.make(keys)).dial(socket));
  }

  static Socket plain(TestNode node) throws IOException {
    return new Socket(node.address().host(), node.address().port());
  }

  /// Connects and says hello as a newcomer.
  static Stranger newcomer(TestNode node) throws IOException {
    Stranger stranger = connect(node, NodeKeys.generate());
    stranger.say(hello(Optional.empty(), ProtocolRange.OWN, Optional.empty()));
    return stranger;
  }

  static Hello hello(
      Optional<NetworkInfo> network, ProtocolRange protocol, Optional<MemberRecord> record) {
    return new Hello(network, protocol, 1, record, "127.0.0.1");
  }

  void say(Frame frame) throws IOException {
    byte[] bytes = FrameCodec.encode(frame);
    say(ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array());
  }

  void say(byte[] bytes) throws IOException {
    OutputStream out = tls.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /// The next frame, whatever it is.
  Frame hear() throws Exception {
    InputStream in = tls.getInputStream();
    int length = ByteBuffer.wrap(in.readNBytes(4)).getInt();
    assertThat(length).isBetween(1, WireLimits.FRAME_BYTES_MAX);
    return FrameCodec.decode(Bytes.wrap(in.readNBytes(length)));
  }

  /// The goodbye that comes after the hello, and then the end.
  Goodbye hearGoodbye() throws Exception {
    Frame frame = hear();
    while (!(frame instanceof Goodbye)) {
      frame = hear();
    }
    assertThat(tls.getInputStream().read()).isEqualTo(-1);
    return (Goodbye) frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
