package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.node.StatusProof;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pychain verify`: whether what answers at a URL is a member of a network.
@Command(
    name = "verify",
    description = {
      "Ask what answers at a URL to prove that it is a member; exit 1 if it cannot.",
      "Nothing that it says is believed but what the authority's key bears out."
    },
    footer = {"", "Example:", "  pychain verify http://10.0.0.1:8000 --authority 7159b074…c60b2"})
final class VerifyCommand implements Callable<Integer> {
  private static final int NONCE_BYTES = 32;

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "URL", description = "The API to ask: http(s)://host[:port].")
  private String url = "";

  @Option(
      names = "--authority",
      paramLabel = "KEY",
      required = true,
      description = "The authority's public key in hexadecimal, as `pychain key` shows it.")
  private String authority = "";

  @Override
  public Integer call() throws CommandFailure {
    NodeKey key = authority();
    Bytes nonce = nonce();
    JsonNode status =
        ApiOptions.readerOf(url).get(ApiOptions.PREFIX + "/status?nonce=" + nonce.hex());
    Certificate member = check(status.path("proof"), key, nonce);
    ObjectNode verified = Json.object();
    verified
        .put("guid", member.guid().value())
        .put("epoch", member.epoch())
        .put("public_key", member.key().toString())
        .put("network", member.network().toString())
        .put("issued_timestamp", member.issued().toEpochMilli() / 1_000.0);
    output.print(
        verified,
        out ->
            out.printf(
                "%s is GUID %s, admitted %s, key %s%n",
                url, member.guid(), member.issued(), member.key().toString()));
    return CommandFailure.DONE;
  }

  private NodeKey authority() throws CommandFailure {
    try {
      return NodeKey.fromHex(authority);
    } catch (IllegalArgumentException malformed) {
      throw CommandFailure.wrongUsage(
          "--authority=%s is not allowed: %d hexadecimal digits, as `pychain key` shows them"
              .formatted(authority, 2 * NodeKey.LENGTH));
    }
  }

  private static Bytes nonce() {
    byte[] random = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(random);
    return Bytes.wrap(random);
  }

  private Certificate check(JsonNode proof, NodeKey key, Bytes nonce) throws CommandFailure {
    if (!proof.isObject()) {
      throw CommandFailure.failed(url + " proves nothing: it is no node, or an old one");
    }
    try {
      JsonNode certificate = proof.path("certificate");
      Sealed sealed = new Sealed(bytes(certificate, "content"), bytes(certificate, "signature"));
      return new StatusProof(bytes(proof, "nonce"), bytes(proof, "signature"), sealed)
          .check(key, nonce);
    } catch (IllegalArgumentException refuted) {
      throw CommandFailure.failed(
          "%s is not a member under this authority: %s".formatted(url, refuted.getMessage()));
    }
  }

  private static Bytes bytes(JsonNode object, String field) {
    return Bytes.fromHex(object.path(field).asText());
  }
}
