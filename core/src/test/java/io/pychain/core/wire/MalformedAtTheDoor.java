package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Sealed;
import java.util.Map;
import java.util.function.Consumer;

/// The [MalformedSamples] that come before TLS, and of what the authority signs for its network.
final class MalformedAtTheDoor {
  private static final Bytes SIGNATURE = Bytes.wrap(new byte[Sealed.SIGNATURE_LENGTH]);
  private static final Bytes HASH = Bytes.wrap(new byte[32]);

  private final Map<String, byte[]> samples;

  private MalformedAtTheDoor(Map<String, byte[]> samples) {
    this.samples = samples;
  }

  static void addTo(Map<String, byte[]> samples) {
    new MalformedAtTheDoor(samples).all();
  }

  private void add(String name, byte[] bytes) {
    samples.put(name, bytes);
  }

  private void all() {
    add("knock without a key", MalformedSamples.frame(Kind.KNOCK, _ -> {}));
    add(
        "quote without an offer",
        MalformedSamples.frame(Kind.QUOTE, out -> out.message(1, this::network)));
    add(
        "quote without a network",
        MalformedSamples.frame(Kind.QUOTE, out -> out.message(2, this::offer)));
    add("enter without an offer", MalformedSamples.frame(Kind.ENTER, out -> out.bytes(1, HASH)));
    add(
        "enter without a key",
        MalformedSamples.frame(Kind.ENTER, out -> out.message(2, this::offer)));
    add(
        "enter at a price too high",
        enter(out ->
            out.message(
                2,
                inner -> {
                  inner.number(1, 1_025);
                  inner.bytes(3, HASH);
                })));
    add(
        "enter with a short cookie",
        enter(out -> out.message(2, inner -> inner.bytes(3, SIGNATURE))));
    add("enter with a long solution", paid(out -> out.bytes(3, Bytes.wrap(new byte[513]))));
    add("enter with an empty solution", paid(out -> out.bytes(3, Bytes.EMPTY)));
    add("enter with half an invitation", paid(out -> out.bytes(5, SIGNATURE)));
    add("enter with the other half", paid(out -> out.sealed(4, invite())));
    add(
        "enter by work and by an invitation",
        paid(out -> {
          out.bytes(3, HASH);
          out.sealed(4, invite());
          out.bytes(5, SIGNATURE);
        }));
    add(
        "invitation without a key",
        paid(out -> out.sealed(4, MalformedSamples.sealed(in -> in.bytes(1, HASH)))));
    add(
        "certificate with a short invitation",
        MalformedSamples.record(
            out -> out.sealed(1, MalformedSamples.sealed(inner -> inner.bytes(6, SIGNATURE)))));
    parameters();
  }

  private void parameters() {
    add("parameters without a network", parameters(out -> out.number(5, 1)));
    add(
        "parameters without a number",
        parameters(out -> {
          out.bytes(1, HASH);
          out.number(5, 1);
        }));
    add("parameters without a burst", parameters(out -> out.number(2, 1)));
    add("parameters with a burst of days", parameters(out -> out.number(5, 3_601)));
    add("parameters with a boundless rate", parameters(out -> out.number(3, (1L << 40) + 1)));
    add("parameters with as many bytes", parameters(out -> out.number(4, (1L << 40) + 1)));
    add("parameters without a signature", MalformedSamples.frame(Kind.PARAMETERS, _ -> {}));
  }

  private static byte[] parameters(Consumer<Writer> content) {
    Sealed sealed = MalformedSamples.sealed(content);
    return MalformedSamples.frame(
        Kind.PARAMETERS,
        out -> {
          out.bytes(1, sealed.content());
          out.bytes(2, sealed.signature());
        });
  }

  private void network(Writer out) {
    out.text(1, "n");
    out.bytes(2, HASH);
  }

  private void offer(Writer out) {
    out.bytes(3, HASH);
  }

  private static Sealed invite() {
    return MalformedSamples.sealed(out -> {
      out.bytes(1, HASH);
      out.bytes(2, HASH);
    });
  }

  private byte[] paid(Consumer<Writer> body) {
    return enter(out -> {
      out.message(2, this::offer);
      body.accept(out);
    });
  }

  private static byte[] enter(Consumer<Writer> body) {
    return MalformedSamples.frame(
        Kind.ENTER,
        out -> {
          out.bytes(1, HASH);
          body.accept(out);
        });
  }
}
