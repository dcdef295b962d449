package io.vpcep.operator.simulator;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request, whole.
 *
 * @param id what its answer names as {@code X-Request-Id}
 * @param method such as {@code GET}
 * @param uri as it was sent
 * @param headers the first value of each by its name in lower case
 * @param body at most as much of it as any request needs
 */
record Request(String id, String method, URI uri, Map<String, String> headers, byte[] body) {

  /** Still encoded. */
  String path() {
    return Objects.requireNonNullElse(uri.getRawPath(), "");
  }

  /** Still encoded; null: none. */
  String query() {
    return uri.getRawQuery();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
