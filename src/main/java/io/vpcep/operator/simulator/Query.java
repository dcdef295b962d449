package io.vpcep.operator.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A valid query: Table 2 of the specification with its defaults. A parameter without a value counts
 * as absent.
 *
 * @param serviceName part of the name in any case, empty: any
 * @param id the exact id, empty: any
 * @param status the exact status, empty: any
 * @param sortKey what to sort by
 * @param ascending oldest first; otherwise newest first
 * @param limit most elements of a page, 0 to 1000
 * @param offset elements to skip; 0 only where the request says none
 */
record Query(
    String serviceName,
    String id,
    String status,
    SortKey sortKey,
    boolean ascending,
    int limit,
    int offset) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int MOST = 1000;

  /** The fields to sort by. */
  enum SortKey {
    CREATED(SimulatedService::createdAt),
    UPDATED(SimulatedService::updatedAt);

    private final Function<SimulatedService, Instant> time;

    SortKey(Function<SimulatedService, Instant> time) {
      this.time = time;
    }

    Instant of(SimulatedService service) {
      return time.apply(service);
    }
  }

  /**
   * Reads and validates the query of a request.
   *
   * @param raw what follows the question mark, still encoded; null: nothing does
   * @throws ApiError 400 with the code of the first wrong parameter; parameters that the
   *     specification does not know are ignored
   */
  static Query parse(String raw) throws ApiError {
    Map<String, String> given = decode(raw);
    return new Query(
        given.getOrDefault("endpoint_service_name", ""),
        given.getOrDefault("id", ""),
        status(given.getOrDefault("status", "")),
        sortKey(given.getOrDefault("sort_key", "created_at")),
        ascending(given.getOrDefault("sort_dir", "desc")),
        limit(given.getOrDefault("limit", "10")),
        offset(Optional.ofNullable(given.get("offset"))));
  }

  private static Map<String, String> decode(String raw) throws ApiError {
    Map<String, String> given = new HashMap<>();
    if (raw == null) {
      return given;
    }
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
      String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
      if (!value.isEmpty() && given.put(name, value) != null) {
        throw ApiError.invalidRequest();
      }
    }
    return given;
  }

  private static String unescape(String text) throws ApiError {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw ApiError.invalidRequest();
    }
  }

  private static String status(String text) throws ApiError {
    if (!text.isEmpty() && !SimulatedService.STATUSES.contains(text)) {
      throw ApiError.invalidStatus();
    }
    return text;
  }

  /** The specification spells the keys one way, other documentation of the same API another. */
  private static SortKey sortKey(String text) throws ApiError {
    return switch (text) {
      case "created_at", "create_at" -> SortKey.CREATED;
      case "updated_at", "update_at" -> SortKey.UPDATED;
      default -> throw ApiError.invalidSortKey();
    };
  }

  private static boolean ascending(String text) throws ApiError {
    return switch (text) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw ApiError.invalidSortDir();
    };
  }

  private static int limit(String text) throws ApiError {
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MOST) {
      throw ApiError.invalidLimit();
    }
    return Integer.parseInt(text);
  }

  private static int offset(Optional<String> given) throws ApiError {
    if (given.isEmpty()) {
      return 0;
    }
    String text = given.get();
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) == 0) {
      throw ApiError.invalidOffset();
    }
    return Integer.parseInt(text);
  }
}
