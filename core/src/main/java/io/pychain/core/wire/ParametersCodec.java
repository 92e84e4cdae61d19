package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Mandate;
import java.time.Duration;
import java.util.Optional;

/// The parameters of a network as the bytes that the authority signs.
public final class ParametersCodec {
  private ParametersCodec() {}

  /// Signs parameters in the authority's name.
  ///
  /// @param network for which they hold
  /// @param number above that of any before
  public static Parameters seal(
      NetworkId network, long number, OriginLimits limits, Mandate mandate) {
    Writer out = new Writer(0);
    out.bytes(1, network.digest().bytes());
    out.number(2, number);
    out.number(3, limits.messagesPerSecond());
    out.number(4, limits.bytesPerSecond());
    out.number(5, limits.burst().toSeconds());
    mandate.delegation().ifPresent(by -> out.sealed(6, by.sealed()));
    Bytes content = Bytes.wrap(out.toArray());
    byte[] signature = mandate.signer().sign(Domain.PARAMETERS.statement(network, content));
    return Refusal.own(() -> read(new Sealed(content, Bytes.wrap(signature))));
  }

  /// The parameters as bytes, for a store.
  public static byte[] encode(Parameters parameters) {
    Writer out = new Writer(0);
    write(out, parameters);
    return out.toArray();
  }

  /// Reads parameters. The signature is not looked at.
  ///
  /// @throws MalformedException if the bytes are none, or some over a limit
  public static Parameters decode(Bytes bytes) throws MalformedException {
    return Refusal.of("parameters", () -> read(new Reader(bytes, "parameters")));
  }

  static void write(Writer out, Parameters parameters) {
    out.bytes(1, parameters.sealed().content());
    out.bytes(2, parameters.sealed().signature());
  }

  static Parameters read(Reader in) throws MalformedException {
    return read(SealedReader.read(in, WireLimits.PARAMETERS_BYTES_MAX));
  }

  private static Parameters read(Sealed sealed) throws MalformedException {
    Reader in = new Reader(sealed.content(), "parameters");
    Bytes network = null;
    long number = 0;
    long messages = 0;
    long bytes = 0;
    int burst = 0;
    Optional<Delegation> delegation = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> network = in.bytes("network", Digest.LENGTH, Digest.LENGTH);
        case 2 -> number = in.number("number", 1, Long.MAX_VALUE);
        case 3 -> messages = in.number("messages_per_second", 0, OriginLimits.RATE_MAX);
        case 4 -> bytes = in.number("bytes_per_second", 0, OriginLimits.RATE_MAX);
        case 5 -> burst = in.number("burst_seconds", 1, (int) OriginLimits.BURST_MAX.toSeconds());
        case 6 -> delegation = Optional.of(DelegationCodec.read(in.message("delegation")));
        default -> in.skip();
      }
    }
    Duration seconds = Duration.ofSeconds(in.positive(burst, "burst_seconds"));
    return new Parameters(
        new NetworkId(new Digest(in.required(network, "network"))),
        in.positive(number, "number"),
        new OriginLimits(messages, bytes, seconds),
        delegation,
        sealed);
  }
}
