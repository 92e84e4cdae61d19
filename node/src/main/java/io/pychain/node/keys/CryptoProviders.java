package io.pychain.node.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;

/// Which code does the cryptography of TLS. JSSE asks the JVM's list of providers, first come first
/// served, so this is a choice for the whole process.
public final class CryptoProviders {
  private CryptoProviders() {}

  /// Puts ACCP first in the JVM's list where it has a build: a mutual TLS 1.3 handshake with
  /// Ed25519 then costs half the CPU. Does nothing if it is there already, or cannot be.
  ///
  /// @return whether ACCP is in use
  public static boolean preferNative() {
    if (!Ed25519Engine.Accp.works()) {
      return false;
    }
    // Answers -1 if it is installed already, which is as good.
    Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
    return true;
  }
}
