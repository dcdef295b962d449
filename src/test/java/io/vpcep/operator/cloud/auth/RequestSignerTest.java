package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes and signatures were computed with openssl, from the texts that stand here. */
class RequestSignerTest {
  private static final String NO_BODY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final Headers DATE_ALONE = Headers.of("X-Sdk-Date", "20261123T100000Z");

  private final RequestSigner signer = new RequestSigner("AK", "s3cr3t/of+tests=");

  private RequestSigner.Signature get(String url, Headers headers) {
    return signer.sign("GET", HttpUrl.get(url), headers, new byte[0]);
  }

  @Test
  void signsAPageOfAListing() {
    // When
    RequestSigner.Signature signature =
        get(
            "https://cloud.example/v1/p1/vpc-endpoint-services?sort_dir=asc&limit=2&offset=4",
            Headers.of(
                "Accept",
                "application/json",
                "Content-Type",
                "application/json",
                "X-Sdk-Date",
                "20261123T100000Z",
                "X-Project-Id",
                "p1"));

    // Then
    assertThat(signature.canonicalRequest())
        .isEqualTo(
            """
            GET
            /v1/p1/vpc-endpoint-services/
            limit=2&offset=4&sort_dir=asc
            host:cloud.example
            x-project-id:p1
            x-sdk-date:20261123T100000Z

            host;x-project-id;x-sdk-date
            """
                + NO_BODY);
    assertThat(signature.stringToSign())
        .isEqualTo(
            """
            SDK-HMAC-SHA256
            20261123T100000Z
            0f3c91520491437d8eb33dba1556e2e49d51701287ee6643aea4311205efeb3e""");
    assertThat(signature.authorization())
        .isEqualTo(
            "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-project-id;x-sdk-date, Signature="
                + "7231e5bfcca12177fcf463187b4e7197c821933ff5cc45d9dd4b1c206ef24c22");
  }

  @Test
  void signsTheSecurityTokenAndThePort() {
    // When
    RequestSigner.Signature signature =
        get(
            "https://cloud.example:8443/v1/p1/vpc-endpoint-services",
            Headers.of(
                "X-Security-Token",
                "ST+/=",
                "X-Project-Id",
                "p1",
                "X-Sdk-Date",
                "20261123T100000Z"));

    // Then
    assertThat(signature.canonicalRequest())
        .contains("\nhost:cloud.example:8443\n", "\nx-security-token:ST+/=\n");
    assertThat(signature.authorization())
        .isEqualTo(
            "SDK-HMAC-SHA256 Access=AK,"
                + " SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature="
                + "a66e7e9fae052946596ebbeb87071fd440d2deee03412ef9971355cfaceb306b");
    assertThat(signature.toString()).doesNotContain("ST+/=");
  }

  @Test
  void encodesAndSortsWhatIsAwkward() {
    // Given
    HttpUrl url =
        HttpUrl.get("https://cloud.example/a b/é~*+%25//c%2Fd")
            .newBuilder()
            .addQueryParameter("a", "2")
            .addQueryParameter("none", null)
            .addQueryParameter("b", "云~-_.*+%")
            .addQueryParameter(" n", "&=?")
            .addQueryParameter("empty", "")
            .addQueryParameter("B", "1")
            .addQueryParameter("a", "1")
            .build();

    // When
    RequestSigner.Signature signature = signer.sign("GET", url, DATE_ALONE, new byte[0]);

    // Then
    assertThat(signature.canonicalRequest().lines())
        .containsSubsequence(
            "/a%20b/%C3%A9~%2A%2B%25//c%2Fd/",
            "%20n=%26%3D%3F&B=1&a=2&a=1&b=%E4%BA%91~-_.%2A%2B%25&empty=&none=");
    assertThat(signature.authorization())
        .endsWith("Signature=0a9779ee920f0fd3a68303eb125625756c9c232dd2c336a0c41192a58c3bef38");
  }

  @Test
  void signsABody() {
    // When
    RequestSigner.Signature signature =
        signer.sign(
            "POST",
            HttpUrl.get("https://[2001:db8::1]:444/v3/auth"),
            DATE_ALONE,
            "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));

    // Then
    assertThat(signature.canonicalRequest())
        .contains("\nhost:[2001:db8::1]:444\n")
        .endsWith("\nb3a092a6af48807fa9482b2ee140105575daa26d5b24b3c0e60a7e2dee6683b1");
    assertThat(signature.authorization())
        .endsWith("Signature=1c65d91662a6f758bc934635b4888b26481f4370c019511634e5009dddc0b538");
  }

  @ParameterizedTest
  @CsvSource({
    "https://cloud.example, /",
    "https://cloud.example/, /",
    "https://cloud.example/a, /a/",
    "https://cloud.example/a/, /a/",
  })
  void endsThePathInOneSlash(String url, String path) {
    assertThat(get(url, DATE_ALONE).canonicalRequest()).startsWith("GET\n" + path + "\n\nhost:");
  }

  @ParameterizedTest
  @CsvSource({
    "https://cloud.example:443, cloud.example",
    "http://cloud.example:80, cloud.example",
    "https://cloud.example:80, cloud.example:80",
    "https://CLOUD.example, cloud.example",
  })
  void namesTheHostAsItsHeaderDoes(String url, String host) {
    assertThat(get(url, DATE_ALONE).canonicalRequest()).contains("\nhost:" + host + "\n");
  }
}
