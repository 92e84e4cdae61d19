package io.pychain.node.api;

import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.io.InputStream;

/// The description of the API for machines, served beside it.
final class OpenApi {
  private static final String RESOURCE = "openapi.yaml";

  private OpenApi() {}

  static Reply reply() throws IOException {
    try (InputStream file = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (file == null) {
        throw new IOException(RESOURCE + " is not in the jar of this node");
      }
      return Reply.of("application/yaml", Bytes.wrap(file.readAllBytes()));
    }
  }
}
