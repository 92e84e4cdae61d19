package io.pychain.node.link;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.BirthdayPuzzle;
import io.pychain.core.admission.Door;
import io.pychain.core.admission.TariffConfig;
import io.pychain.core.admission.Terms;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Verifier;
import io.pychain.node.keys.Ed25519Scheme;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/// The door of a boot node that lets in the invited only, over a connection in memory.
public final class FuzzedDoor {
  private final Door door;
  private final Doorway doorway;

  /// @param record of the boot node, whose keys these are
  public FuzzedDoor(NetworkInfo network, NodeKeys keys, MemberRecord record) {
    Terms terms = new AdmissionConfig(Terms.Mode.INVITE, TariffConfig.DEFAULT).first();
    var verifier = new Verifier(network, new Ed25519Scheme(), new KnownKeys());
    this.door = new Door(network, Bytes.wrap(new byte[32]), new BirthdayPuzzle(), verifier);
    this.doorway =
        new Doorway(
            door,
            new LinkIdentity(
                keys,
                NodeCertificate.make(keys),
                network,
                1,
                () -> record,
                Optional::empty,
                _ -> false,
                () -> Optional.of(terms)));
  }

  /// What it makes offers with.
  public Door door() {
    return door;
  }

  /// Lets somebody speak.
  ///
  /// @param bytes all that comes, after the first byte
  /// @return whether it may go on to TLS
  /// @throws IOException if it is sent away
  public boolean attend(byte[] bytes) throws IOException {
    return doorway.attend(new Visit(bytes)).isPresent();
  }

  /// A connection on which all has been said.
  private static final class Visit extends Socket {
    private final InputStream in;
    private final OutputStream out = new ByteArrayOutputStream();

    Visit(byte[] bytes) {
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    @Override
    public InetAddress getInetAddress() {
      return InetAddress.getLoopbackAddress();
    }
  }
}
