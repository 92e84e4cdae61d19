package io.pychain.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// How many Ed25519 signatures one thread makes and checks: the price of a batch, and the reason
/// for the choice of provider.
final class SignatureBenchmark implements Benchmark {

  private static final int MESSAGE_BYTES = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration MEASURED = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "signatures";
  }

  @Override
  public String what() {
    return "Ed25519 by provider, one thread, " + MESSAGE_BYTES + "-byte messages, operations/s";
  }

  @Override
  public void run(Report report) throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
    report.columns("provider", "operation", "per_second");
    for (Map.Entry<String, Provider> entry : providers().entrySet()) {
      Signature signature = Signature.getInstance("Ed25519", entry.getValue());
      Operation sign = signing(signature, keys);
      byte[] signed = sign.once();
      report.row(entry.getKey(), "sign", perSecond(sign));
      report.row(entry.getKey(), "verify", perSecond(verifying(signature, keys, signed)));
    }
  }

  private static Map<String, Provider> providers() {
    Map<String, Provider> providers = new LinkedHashMap<>();
    if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
      providers.put("ACCP", AmazonCorrettoCryptoProvider.INSTANCE);
    }
    providers.put("BC", new BouncyCastleProvider());
    providers.put("JDK", Security.getProvider("SunEC"));
    return providers;
  }

  private static Operation signing(Signature signature, KeyPair keys) {
    return () -> {
      signature.initSign(keys.getPrivate());
      signature.update(new byte[MESSAGE_BYTES]);
      return signature.sign();
    };
  }

  private static Operation verifying(Signature signature, KeyPair keys, byte[] signed) {
    return () -> {
      signature.initVerify(keys.getPublic());
      signature.update(new byte[MESSAGE_BYTES]);
      if (!signature.verify(signed)) {
        throw new GeneralSecurityException("a good signature was refused");
      }
      return signed;
    };
  }

  private static double perSecond(Operation operation) throws GeneralSecurityException {
    repeat(operation, WARM_UP);
    return repeat(operation, MEASURED);
  }

  private static double repeat(Operation operation, Duration time) throws GeneralSecurityException {
    long start = System.nanoTime();
    long count = 0;
    long elapsed = 0;
    while (elapsed < time.toNanos()) {
      operation.once();
      count++;
      elapsed = System.nanoTime() - start;
    }
    return count * 1e9 / elapsed;
  }

  private interface Operation {
    byte[] once() throws GeneralSecurityException;
  }
}
