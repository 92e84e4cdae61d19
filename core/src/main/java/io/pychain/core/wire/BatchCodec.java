package io.pychain.core.wire;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Sha256;
import io.pychain.core.trust.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Batches as the bytes that their origins sign.
public final class BatchCodec {
  private BatchCodec() {}

  /// A batch before it is signed.
  ///
  /// @param log the origin's own
  /// @param firstSeq number of the first message, from 1
  /// @param previous hash of the batch before, or zero for the first of the log
  /// @param timestamp now; kept to the microsecond
  /// @param messages at least one
  public record Draft(
      LogId log, long firstSeq, Digest previous, Instant timestamp, List<Message> messages) {
    /// Copies the list.
    public Draft {
      messages = List.copyOf(messages);
    }
  }

  /// Signs a batch. The payloads of the result lie inside its content: those of the draft are
  /// needed no more.
  ///
  /// @throws IllegalArgumentException if the draft is over a limit of [WireLimits], or empty
  public static Batch seal(Draft draft, NetworkId network, Signer origin) {
    Bytes content = content(draft);
    byte[] signature = origin.sign(Domain.BATCH.statement(network, content));
    return Refusal.own(() -> decode(new Sealed(content, Bytes.wrap(signature))));
  }

  /// Reads a batch from what was signed, and computes its hash. The signature is not looked at.
  ///
  /// @throws MalformedException if the content is no batch, or one over a limit
  public static Batch decode(Sealed sealed) throws MalformedException {
    return Refusal.of("batch", () -> read(sealed));
  }

  /// Reads a batch from a frame. One that is a small part of it gets an array of its own, so that
  /// who keeps the batch does not keep the frame.
  static Batch read(Reader in) throws MalformedException {
    return read(SealedReader.read(in, WireLimits.BATCH_BYTES_MAX));
  }

  private static Batch read(Sealed sealed) throws MalformedException {
    Reader in = new Reader(sealed.content(), "batch");
    int guid = 0;
    int epoch = 0;
    long firstSeq = 0;
    Digest previous = Digest.ZERO;
    Instant timestamp = Instant.EPOCH;
    List<Message> messages = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> guid = in.number("guid", 0, WireLimits.GUID_MAX);
        case 2 -> epoch = in.number("epoch", 1, Integer.MAX_VALUE);
        case 3 -> firstSeq = in.number("first_seq", 1, WireLimits.SEQ_MAX);
        case 4 -> previous = new Digest(in.bytes("previous", Digest.LENGTH, Digest.LENGTH));
        case 5 -> timestamp = Times.read(in, "timestamp_micros");
        case 6 -> {
          in.atMost("messages", messages.size() + 1, WireLimits.BATCH_MESSAGES_MAX);
          messages.add(message(in.element("message")));
        }
        default -> in.skip();
      }
    }
    LogId log = new LogId(Guid.of(guid), in.positive(epoch, "epoch"));
    long first = in.positive(firstSeq, "first_seq");
    in.positive(messages.size(), "messages");
    return new Batch(log, first, previous, timestamp, messages, sealed, Sha256.of(sealed));
  }

  private static Message message(Reader in) throws MalformedException {
    Bytes data = Bytes.EMPTY;
    String contentType = Message.JSON;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> data = in.bytes("data", 0, WireLimits.MESSAGE_BYTES_MAX);
        case 2 -> contentType = in.text("content_type", Message.CONTENT_TYPE_LENGTH_MAX);
        default -> in.skip();
      }
    }
    return new Message(contentType, data);
  }

  private static Bytes content(Draft draft) {
    Writer out = new Writer(sizeHint(draft.messages()));
    out.number(1, draft.log().guid().value());
    out.number(2, draft.log().epoch());
    out.number(3, draft.firstSeq());
    if (!draft.previous().equals(Digest.ZERO)) {
      out.bytes(4, draft.previous().bytes());
    }
    out.number(5, Times.micros(draft.timestamp()));
    for (Message message : draft.messages()) {
      write(out, message);
    }
    if (out.length() > WireLimits.BATCH_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a batch has at most " + WireLimits.BATCH_BYTES_MAX + " bytes, not " + out.length());
    }
    return Bytes.wrap(out.toArray());
  }

  private static void write(Writer out, Message message) {
    out.message(
        6,
        inner -> {
          if (message.data().length() > 0) {
            inner.bytes(1, message.data());
          }
          if (!message.contentType().equals(Message.JSON)) {
            inner.text(2, message.contentType());
          }
        });
  }

  private static int sizeHint(List<Message> messages) {
    long hint = 128;
    for (Message message : messages) {
      hint += message.data().length() + 16;
    }
    return (int) Math.min(hint, WireLimits.BATCH_BYTES_MAX);
  }
}
