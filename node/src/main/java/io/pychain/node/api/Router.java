package io.pychain.node.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the call that a request is for.
final class Router {
  private final List<Route> routes;

  /// Calls without variable parts, by method and path: the way that most requests take.
  private final Map<String, Found> exact = new HashMap<>();

  /// A call, and what the variable parts of its path matched.
  record Found(Route route, List<String> variables) {}

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      if (!route.path().contains("{")) {
        exact.put(route.method() + " " + route.path(), new Found(route, List.of()));
      }
    }
  }

  List<Route> routes() {
    return routes;
  }

  /// The call for a method and path.
  ///
  /// @throws Problem 404 if there is no such path, 405 if it has no such method
  Found find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    Found found = exact.get(wanted + " " + path);
    return found != null ? found : findVariable(wanted, path);
  }

  private Found findVariable(String method, String path) {
    for (Route route : routes) {
      Optional<List<String>> variables = route.match(path);
      if (variables.isPresent() && route.method().equals(method)) {
        return new Found(route, variables.get());
      }
    }
    String allowed = allowed(path);
    throw Problem.methodNotAllowed(path + " knows " + allowed + ".", allowed);
  }

  /// The methods of a path, separated by commas.
  ///
  /// @throws Problem 404 if there is no such path
  String allowed(String path) {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.match(path).isPresent()) {
        methods.addAll(route.methods());
      }
    }
    if (methods.isEmpty()) {
      throw Problem.notFound("There is no such path; there are " + paths() + ".");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  private String paths() {
    return String.join(", ", routes.stream().map(Route::path).distinct().toList());
  }
}
