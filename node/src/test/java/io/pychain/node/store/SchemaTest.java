package io.pychain.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.protocol.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of other versions, and of others.
class SchemaTest {
  @TempDir private Path folder;

  @Test
  void fileOfEachOlderVersionIsBroughtUpToDate() throws Exception {
    for (int version = 1; version < Schema.VERSION; version++) {
      Path old = Files.createDirectory(folder.resolve("version-" + version));
      String url = "jdbc:sqlite:" + old.resolve("pychain.db");
      try (var connection = DriverManager.getConnection(url);
          var statement = connection.createStatement()) {
        for (String sql :
            Schema.STEPS.subList(0, version).stream().flatMap(List::stream).toList()) {
          statement.execute(sql);
        }
        statement.execute("INSERT INTO state (id, store_id) VALUES (1, 7)");
        statement.execute("PRAGMA application_id = " + Schema.APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + version);
      }

      try (Store upgraded = Store.open(StoreConfig.in(old))) {
        assertThat(upgraded.load()).as("version %d", version).isEqualTo(Stored.empty(7));
      }
    }
  }

  @Test
  void fileOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
    Store.open(StoreConfig.in(folder)).close();
    String url = "jdbc:sqlite:" + folder.resolve("pychain.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + (Schema.VERSION + 1));
    }

    assertThatThrownBy(() -> Store.open(StoreConfig.in(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pychain.db was written by a newer version");
  }

  @Test
  void fileOfAnotherProgramIsRefusedAndLeftAlone() throws Exception {
    Store.open(StoreConfig.in(folder)).close();
    String url = "jdbc:sqlite:" + folder.resolve("pychain.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = 17");
    }

    assertThatThrownBy(() -> Store.open(StoreConfig.in(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose another STORAGE_DIR");
  }
}
