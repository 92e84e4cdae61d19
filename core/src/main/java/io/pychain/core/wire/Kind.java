package io.pychain.core.wire;

/// Numbers of the kinds of frames, as in `pychain.proto`. They are only ever added to.
final class Kind {
  static final int HELLO = 1;
  static final int GOODBYE = 2;
  static final int PING = 3;
  static final int PONG = 4;
  static final int JOIN = 5;
  static final int ADMITTED = 6;
  static final int PUSH = 7;
  static final int ANNOUNCE = 8;
  static final int ACK = 9;
  static final int SYNC_REQUEST = 10;
  static final int SUMMARY = 11;
  static final int HEADS = 12;
  static final int PROBE = 13;
  static final int HASHES = 14;
  static final int FETCH = 15;
  static final int BATCHES = 16;
  static final int RECORDS_WANTED = 17;
  static final int RECORDS = 18;
  static final int NEWS = 19;
  static final int SURVEY = 20;
  static final int TALLY = 21;
  static final int FORK = 22;
  static final int FORKS_WANTED = 23;
  static final int KNOCK = 24;
  static final int QUOTE = 25;
  static final int ENTER = 26;
  static final int WELCOME = 27;
  static final int PARAMETERS = 28;

  /// The highest that this version knows.
  static final int LAST = PARAMETERS;

  private Kind() {}
}
