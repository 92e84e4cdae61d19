package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.PublicKeys;
import io.pychain.core.trust.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;

/// All that can say here whether an Ed25519 signature holds: the engines of nodes, and the JDK,
/// which is too slow for them, as one more opinion. They have to agree.
final class Judges {
  private final Map<String, SignatureScheme> judges = new LinkedHashMap<>();

  Judges() {
    judges.put("Bouncy Castle", Ed25519Scheme.portable());
    judges.put("the JDK", new OfJdk());
    if (Ed25519Engine.Accp.works()) {
      judges.put("ACCP", new Ed25519Scheme(new Ed25519Engine.Accp()));
    }
  }

  /// What all say; a finding where one says otherwise.
  boolean verdict(byte[] key, byte[] text, byte[] signature) {
    NodeKey signer = new NodeKey(Bytes.wrap(key));
    Bytes sealed = Bytes.wrap(signature);
    boolean first = judges.values().iterator().next().verify(signer, text, sealed);
    judges.forEach((name, judge) ->
        assertThat(judge.verify(signer, text, sealed))
            .as("%s on key %s, signature %s", name, signer, sealed.hex())
            .isEqualTo(first));
    return first;
  }

  /// The JDK's arithmetic, behind the same look at the key.
  private static final class OfJdk implements SignatureScheme {
    private final PrimeOrder primeOrder = new PrimeOrder();

    @Override
    public boolean verify(NodeKey key, byte[] text, Bytes signature) {
      try {
        Signature verifier = Signature.getInstance("Ed25519", "SunEC");
        verifier.initVerify(Encodings.publicKey(key.bytes().toArray()));
        verifier.update(text);
        return PublicKeys.acceptable(key)
            && primeOrder.contains(key)
            && verifier.verify(signature.toArray());
      } catch (GeneralSecurityException notAKeyOrSignature) {
        return false;
      }
    }
  }
}
