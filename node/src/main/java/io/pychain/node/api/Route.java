package io.pychain.node.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// One call: which method on which path, what it may be asked, and who answers it.
///
/// @param method GET, PUT, POST or DELETE
/// @param path from the root; a part in braces matches anything
/// @param parameters names of its query parameters
/// @param handler who answers
record Route(String method, String path, SequencedSet<String> parameters, Handler handler) {

  /// Who answers a call.
  sealed interface Handler {}

  /// Answers at once, as a whole.
  non-sealed interface Answering extends Handler {
    /// The whole answer.
    ///
    /// @throws Problem if the answer is not what the client hoped for
    Reply answer(Request request) throws IOException, InterruptedException;
  }

  /// Writes its own answer for as long as somebody reads it.
  non-sealed interface Streaming extends Handler {
    /// Writes the answer.
    ///
    /// @throws Problem if nothing has been written yet and nothing will be
    void stream(Request request, HttpExchange exchange) throws IOException, InterruptedException;
  }

  static Route get(String path, Answering handler, String... parameters) {
    return new Route("GET", path, names(parameters), handler);
  }

  static Route stream(String path, Streaming handler, String... parameters) {
    return new Route("GET", path, names(parameters), handler);
  }

  static Route put(String path, Answering handler, String... parameters) {
    return new Route("PUT", path, names(parameters), handler);
  }

  static Route post(String path, Answering handler, String... parameters) {
    return new Route("POST", path, names(parameters), handler);
  }

  static Route delete(String path, Answering handler) {
    return new Route("DELETE", path, names(), handler);
  }

  private static SequencedSet<String> names(String... parameters) {
    return new LinkedHashSet<>(List.of(parameters));
  }

  /// Whether it changes anything, and so needs the token.
  boolean writes() {
    return !method.equals("GET");
  }

  /// Methods that its path understands because of it.
  Set<String> methods() {
    return writes() ? Set.of(method) : Set.of("GET", "HEAD");
  }

  /// What the variable parts match if the path is of this call.
  Optional<List<String>> match(String requested) {
    String[] wanted = path.split("/", -1);
    String[] given = requested.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        variables.add(given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
