package io.pychain.core.failure;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.util.Optional;
import java.util.function.Function;

/// The claim that a member is dead, made in the log of whoever claims it:
///
/// ```
/// {"event":{"name":"DEAD_PEER","args":{"guid":7,"epoch":1,"number":1795325123}}}
/// ```
///
/// It is about one record of the member. A newer one refutes it, whoever made how many claims.
///
/// There is exactly one way to write it, byte for byte, so that no two implementations can read the
/// same message differently. Any other event of that name is for applications only.
///
/// @param guid who is said to be dead
/// @param epoch of the certificate in the record that the claim is about
/// @param number of the contact in that record
public record Suspicion(Guid guid, int epoch, long number) {
  private static final String HEAD = "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":";
  private static final String EPOCH = ",\"epoch\":";
  private static final String NUMBER = ",\"number\":";
  private static final String TAIL = "}}}";

  /// Digits of the largest `long`: what has more is no number of a record.
  private static final int DIGITS_MAX = 19;

  /// The claim about a record.
  public static Suspicion of(MemberRecord record) {
    return new Suspicion(record.guid(), record.certificate().epoch(), record.number());
  }

  /// Whether it is about this record, and neither an older nor a newer one of the member.
  public boolean isAbout(MemberRecord record) {
    return guid.equals(record.guid())
        && epoch == record.certificate().epoch()
        && number == record.number();
  }

  /// As it is published.
  public Message message() {
    return new Message(
        Message.EVENT, Bytes.utf8(HEAD + guid + EPOCH + epoch + NUMBER + number + TAIL));
  }

  /// What an application says that knows no more than whom it suspects: [#completed] before it is
  /// published.
  public static Message bare(Guid guid) {
    return new Message(Message.EVENT, Bytes.utf8(HEAD + guid + TAIL));
  }

  /// The claim that a message makes, if it makes one.
  public static Optional<Suspicion> in(Message message) {
    if (!message.contentType().equals(Message.EVENT)) {
      return Optional.empty();
    }
    Cursor cursor = new Cursor(message.data());
    long guid = cursor.skip(HEAD) ? cursor.number(Ring.GUID_MAX) : -1;
    long epoch = guid >= 0 && cursor.skip(EPOCH) ? cursor.number(Integer.MAX_VALUE) : -1;
    long number = epoch >= 1 && cursor.skip(NUMBER) ? cursor.number(Long.MAX_VALUE) : -1;
    return number >= 1 && cursor.skip(TAIL) && cursor.isAtEnd()
        ? Optional.of(new Suspicion(Guid.of((int) guid), (int) epoch, number))
        : Optional.empty();
  }

  /// Whom a message of the form [#bare] names, if it is one.
  public static Optional<Guid> inBare(Message message) {
    if (!message.contentType().equals(Message.EVENT)) {
      return Optional.empty();
    }
    Cursor cursor = new Cursor(message.data());
    long guid = cursor.skip(HEAD) ? cursor.number(Ring.GUID_MAX) : -1;
    return guid >= 0 && cursor.skip(TAIL) && cursor.isAtEnd()
        ? Optional.of(Guid.of((int) guid))
        : Optional.empty();
  }

  /// The message itself, or if it is of the form [#bare], the claim about the newest record that is
  /// held of whom it names.
  public static Message completed(Message message, Function<Guid, Optional<MemberRecord>> held) {
    return inBare(message).flatMap(held).map(record -> of(record).message()).orElse(message);
  }

  private static final class Cursor {
    private final Bytes data;
    private int at;

    Cursor(Bytes data) {
      this.data = data;
    }

    boolean isAtEnd() {
      return at == data.length();
    }

    boolean skip(String expected) {
      if (data.length() - at < expected.length()) {
        return false;
      }
      for (int i = 0; i < expected.length(); i++) {
        if (data.at(at + i) != expected.charAt(i)) {
          return false;
        }
      }
      at += expected.length();
      return true;
    }

    /// A decimal number without leading zeros, or -1.
    long number(long max) {
      int start = at;
      long value = 0;
      while (at < data.length() && at - start < DIGITS_MAX && isDigit(data.at(at))) {
        value = 10 * value + data.at(at) - '0';
        at++;
      }
      boolean padded = at - start > 1 && data.at(start) == '0';
      return at == start || padded || value < 0 || value > max ? -1 : value;
    }

    private static boolean isDigit(byte character) {
      return character >= '0' && character <= '9';
    }
  }
}
