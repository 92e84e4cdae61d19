package io.pychain.node.link;

import io.pychain.core.message.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// What dialling and accepting have in common.
final class Sockets {
  /// Most addresses of one name that are tried.
  private static final int ADDRESSES_MAX = 4;

  private Sockets() {}

  /// Where a name leads to, in the order that the system prefers.
  ///
  /// @throws IOException if the name is unknown
  static List<InetSocketAddress> resolve(Address address) throws IOException {
    try {
      return Arrays.stream(InetAddress.getAllByName(address.host()))
          .limit(ADDRESSES_MAX)
          .map(host -> new InetSocketAddress(host, address.port()))
          .toList();
    } catch (UnknownHostException e) {
      throw new IOException("unknown host " + address.host(), e);
    }
  }

  /// Closes at once; whoever reads or writes it fails.
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is closed all the same.
    }
  }
}
