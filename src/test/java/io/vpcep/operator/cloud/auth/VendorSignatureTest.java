package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Signs as the vendor's SDK does, whatever stands in a path and in the values of a query. */
class VendorSignatureTest {
  private static final List<String> KEY_PAIR = List.of("AK", "s3cr3t/of+tests=");
  private static final String AWKWARD = " !\"$&'()*+,-.:;<=>@[\\]^_`{|}~%";

  record Unsigned(
      String endpoint,
      List<String> segments,
      List<Map.Entry<String, String>> query,
      boolean temporary) {}

  @Property(tries = 500)
  void signsAsTheVendorDoes(@ForAll("requests") Unsigned request) {
    // Given
    HttpUrl.Builder url = HttpUrl.get(request.endpoint()).newBuilder();
    request.segments().forEach(url::addPathSegment);
    // Ends plainly, as every listing does: the vendor's URL drops white space at its end.
    url.addPathSegment("vpc-endpoint-services");
    request.query().forEach(each -> url.addQueryParameter(each.getKey(), each.getValue()));
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Sdk-Date", "20261123T100000Z");
    headers.put("X-Project-Id", "p1");
    if (request.temporary()) {
      headers.put("X-Security-Token", "ST+/=");
    }

    // When
    RequestSigner.Signature signature =
        new RequestSigner(KEY_PAIR.get(0), KEY_PAIR.get(1))
            .sign("GET", url.build(), Headers.of(headers), new byte[0]);

    // Then
    String path = "/" + String.join("/", request.segments()) + "/vpc-endpoint-services";
    assertThat(signature.authorization())
        .as(signature.canonicalRequest())
        .isEqualTo(
            VendorSigner.authorization(
                KEY_PAIR, request.endpoint(), path, request.query(), headers));
  }

  @Provide
  Arbitrary<Unsigned> requests() {
    Arbitrary<String> endpoints =
        Arbitraries.of("https://cloud.example", "http://127.0.0.1:8080", "https://[::1]:8443");
    Arbitrary<List<String>> segments =
        text(AWKWARD)
            .ofMinLength(1)
            // Both take these for the directory and the one above.
            .filter(segment -> !segment.matches("(\\.|%2[eE]){1,2}"))
            .list()
            .ofMinSize(1)
            .ofMaxSize(5);
    Arbitrary<Map.Entry<String, String>> parameters =
        Combinators.combine(
                // Few names, so that some repeat. None that needs encoding: the vendor's URL holds
                // it as it is, and the parameter is signed twice.
                Arbitraries.of("limit", "Limit", "offset", "a", "a.b", "-_", "~"),
                text(AWKWARD + "/?#"))
            .as(Map::entry);
    return Combinators.combine(
            endpoints, segments, parameters.list().ofMaxSize(6), Arbitraries.of(true, false))
        .as(Unsigned::new);
  }

  private static StringArbitrary text(String awkward) {
    return Arbitraries.strings()
        .withChars(awkward)
        .alpha()
        .numeric()
        .withCharRange('\u00a1', '\u00ff')
        .withCharRange('\u4e00', '\u4eff')
        .ofMaxLength(12);
  }
}
