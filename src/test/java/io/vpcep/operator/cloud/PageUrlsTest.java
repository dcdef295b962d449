package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.SyncFailure;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageUrlsTest {
  private static final HttpUrl HOST = HttpUrl.get("https://h.example");

  @ParameterizedTest
  @CsvSource({
    "https://h.example, /v1/p/vpc-endpoint-services",
    "https://h.example/, /v1/p/vpc-endpoint-services",
    "https://h.example/vpcep, /vpcep/v1/p/vpc-endpoint-services",
    "https://h.example/a/b/, /a/b/v1/p/vpc-endpoint-services",
  })
  void addsThePathToTheEndpoint(String endpoint, String path) throws Exception {
    PageUrls urls = new PageUrls(HttpUrl.get(endpoint), "p", ServiceQuery.everything(10));
    assertThat(urls.page(0).encodedPath()).isEqualTo(path);
  }

  @Test
  void sendsTheLimitAloneUnlessMoreIsAsked() throws Exception {
    PageUrls urls = new PageUrls(HOST, "p", ServiceQuery.everything(1000));
    assertThat(urls.page(0).encodedQuery()).isEqualTo("limit=1000");
    assertThat(urls.page(1000).encodedQuery()).isEqualTo("limit=1000&offset=1000");
  }

  @Test
  void sendsEveryParameterEncoded() throws Exception {
    // Given
    ServiceQuery query =
        new ServiceQuery("a&b= +%/\u00fc#", "i?d", "available", "created_at", "asc", 7);

    // When
    HttpUrl url = new PageUrls(HOST, "p/../q?", query).page(14);

    // Then
    assertThat(url.toString())
        .isEqualTo(
            "https://h.example/v1/p%2F..%2Fq%3F/vpc-endpoint-services"
                + "?endpoint_service_name=a%26b%3D%20%2B%25%2F%C3%BC%23&id=i%3Fd&status=available"
                + "&sort_key=created_at&sort_dir=asc&limit=7&offset=14");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", ".."})
  void refusesAProjectIdThatLeavesThePath(String projectId) {
    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> new PageUrls(HOST, projectId, ServiceQuery.everything(1)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure).hasMessageContaining("spec.projectId");
  }
}
