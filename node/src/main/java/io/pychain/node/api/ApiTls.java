package io.pychain.node.api;

import io.pychain.node.keys.PemIdentity;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the API shows over TLS: a certificate and its key from a file that may be replaced while
/// the node runs, since certificates of the web live for weeks and nodes for months.
///
/// The file is looked at when somebody connects, at most once in [#LOOK_SECONDS]. One that cannot
/// be used is reported, and the one before stays in use.
final class ApiTls extends X509ExtendedKeyManager {
  /// How long a changed file may go unnoticed.
  static final long LOOK_SECONDS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ApiTls.class);
  private static final String ALIAS = "api";
  private static final char[] NO_PASSWORD = {};

  private final Path file;
  private final long lookNanos;
  private FileTime changed;
  private X509ExtendedKeyManager current;
  private long lookedAt = System.nanoTime();

  private ApiTls(Path file, long lookNanos) throws IOException {
    this.file = file;
    this.lookNanos = lookNanos;
    this.changed = Files.getLastModifiedTime(file);
    this.current = load(file);
  }

  /// A context that serves by this file.
  ///
  /// @throws IOException if the file cannot be used; it says why
  static SSLContext of(Path file) throws IOException {
    return of(file, TimeUnit.SECONDS.toNanos(LOOK_SECONDS));
  }

  /// The same with another pause between two looks.
  static SSLContext of(Path file, long lookNanos) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ApiTls(file, lookNanos)}, null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IOException("API_TLS: " + unusable.getMessage(), unusable);
    }
  }

  private static X509ExtendedKeyManager load(Path file) throws IOException {
    PemIdentity identity = PemIdentity.read(file);
    X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(ALIAS, identity.key(), NO_PASSWORD, chain);
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, NO_PASSWORD);
      return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    } catch (GeneralSecurityException mismatch) {
      throw new IOException(file + " cannot be used: " + mismatch.getMessage(), mismatch);
    }
  }

  private synchronized X509ExtendedKeyManager current() {
    long now = System.nanoTime();
    if (now - lookedAt >= lookNanos) {
      lookedAt = now;
      reload();
    }
    return current;
  }

  private void reload() {
    try {
      FileTime seen = Files.getLastModifiedTime(file);
      if (!seen.equals(changed)) {
        changed = seen;
        current = load(file);
        LOG.info("the API's certificate was replaced file={}", file);
      }
    } catch (IOException unusable) {
      LOG.warn(
          "the API's new certificate cannot be used, the one before is cause=\"{}\"",
          unusable.getMessage());
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return current().chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return current().chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return current().getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return current().getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return current().getPrivateKey(alias);
  }

  /// The API calls nobody.
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
