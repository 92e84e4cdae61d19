package io.pychain.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows below a head, each column as wide as its widest cell.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /// Begins with the head.
  public Table(String... head) {
    rows.add(List.of(head));
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException if it has not a cell for each of the head's
  public void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    if (row.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has a cell for each of " + rows.getFirst());
    }
    rows.add(row);
  }

  /// Prints all.
  public void print(PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
