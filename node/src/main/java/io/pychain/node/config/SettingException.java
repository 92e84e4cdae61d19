package io.pychain.node.config;

/// A setting that cannot be used. The message is one line for the operator: which, its value, where
/// it came from and what is allowed.
public final class SettingException extends Exception {
  SettingException(String message) {
    super(message);
  }
}
