package io.vpcep.operator.reliability;

import io.vpcep.operator.reliability.OperatorHost.Launched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an operator says of itself over HTTP. */
final class Metrics {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Metrics() {}

  static String of(Launched operator) {
    return get(operator, "/metrics").body();
  }

  /** The sum of the samples whose name and labels match. */
  static double sum(Launched operator, String sample) {
    return Pattern.compile("(?m)^" + sample + " (\\S+)$")
        .matcher(of(operator))
        .results()
        .map((MatchResult found) -> Double.valueOf(found.group(found.groupCount())))
        .reduce(0.0, Double::sum);
  }

  static int status(Launched operator, String path) {
    return get(operator, path).statusCode();
  }

  private static HttpResponse<String> get(Launched operator, String path) {
    URI uri = URI.create("http://127.0.0.1:" + operator.httpPort() + path);
    try {
      return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
