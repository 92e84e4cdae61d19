package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.Lineage.Former;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Guid;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;

/// Whether each key of a GUID has agreed to the one after it. The authority alone cannot give a
/// GUID to somebody else: whoever knows its key follows it only by that key's own word.
public final class Successions {
  private final NetworkId network;
  private final SignatureScheme scheme;

  Successions(NetworkId network, SignatureScheme scheme) {
    this.network = network;
    this.scheme = scheme;
  }

  /// A wish for another key, signed by both.
  ///
  /// @param held the member's certificate
  /// @param former its key
  /// @param next the key that it wants
  /// @throws ArithmeticException if the member is out of epochs
  public static Succession propose(Certificate held, Signer former, Signer next) {
    Guid guid = held.guid();
    int epoch = Math.addExact(held.epoch(), Succession.EPOCHS);
    byte[] consent =
        former.sign(Domain.SUCCESSION.statement(held.network(), content(guid, epoch, next.key())));
    byte[] proof =
        next.sign(Domain.ROTATION.statement(held.network(), content(guid, epoch, former.key())));
    return new Succession(
        guid, epoch, former.key(), next.key(), Bytes.wrap(consent), Bytes.wrap(proof));
  }

  /// Whether both keys have signed the wish.
  boolean hold(Succession wish) {
    return PublicKeys.acceptable(wish.next())
        && !wish.next().equals(wish.former())
        && wish.epoch() > 1
        && consents(wish.former(), wish.guid(), wish.epoch(), wish.next(), wish.consent())
        && scheme.verify(
            wish.next(),
            Domain.ROTATION.statement(network, content(wish.guid(), wish.epoch(), wish.former())),
            wish.proof());
  }

  /// Whether the keys in a certificate follow each other by consent, in epochs that rise.
  boolean hold(Certificate certificate) {
    List<Former> former = certificate.keys().former();
    int after = 0;
    for (int i = 0; i < former.size(); i++) {
      Former before = former.get(i);
      boolean inOrder = before.last() > after && before.last() < certificate.epoch();
      if (!inOrder || !agrees(certificate, before, certificate.keys().keyAt(i + 1))) {
        return false;
      }
      after = before.last();
    }
    return areDistinct(certificate.keys());
  }

  private boolean agrees(Certificate certificate, Former before, NodeKey next) {
    return PublicKeys.acceptable(before.key())
        && consents(before.key(), certificate.guid(), before.last() + 1, next, before.consent());
  }

  private static boolean areDistinct(Lineage keys) {
    return new TreeSet<>(keys.all()).size() == keys.all().size();
  }

  private boolean consents(NodeKey key, Guid guid, int epoch, NodeKey next, Bytes consent) {
    return consent.length() == Sealed.SIGNATURE_LENGTH
        && scheme.verify(
            key, Domain.SUCCESSION.statement(network, content(guid, epoch, next)), consent);
  }

  private static Bytes content(Guid guid, int epoch, NodeKey other) {
    byte[] key = other.bytes().toArray();
    return Bytes.wrap(
        ByteBuffer.allocate(8 + key.length).putInt(guid.value()).putInt(epoch).put(key).array());
  }
}
