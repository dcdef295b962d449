package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorTest {

  @ParameterizedTest
  @CsvSource({
    "429, APIGW.0308, THROTTLED",
    "429, , THROTTLED",
    "400, EndPoint.0022, THROTTLED",
    "400, ENDPOINT.0022, THROTTLED",
    "403, EndPoint.0022, ACCESS_DENIED",
    "401, EndPoint.0003, AUTHENTICATION_FAILED",
    "401, APIGW.0301, AUTHENTICATION_FAILED",
    "403, EndPoint.0004, ACCESS_DENIED",
    "400, EndPoint.0002, REJECTED",
    "400, EndPoint.0010, REJECTED",
    "400, EndPoint.0017, REJECTED",
    "404, APIGW.0101, REJECTED",
    "404, EndPoint.0005, REJECTED",
    "405, , REJECTED",
    "409, , REJECTED",
    "301, , REJECTED",
    "302, , REJECTED",
    "304, , REJECTED",
    "408, , SERVER_ERROR",
    "500, , SERVER_ERROR",
    "502, , SERVER_ERROR",
    "503, , SERVER_ERROR",
    "504, , SERVER_ERROR",
    "599, , SERVER_ERROR",
  })
  void classifiesByStatusAndCode(int status, String code, FailureReason reason) {
    assertThat(new ApiError(status, code, null, null, null, null).reason()).isEqualTo(reason);
  }

  @Test
  void failureNamesStatusCodeTextAndRequest() {
    // Given
    ApiError error =
        new ApiError(
            400, "EndPoint.0017", "\"Invalid sort_key\"", "6f0a", Duration.ofSeconds(3), null);

    // Then
    assertThat(error.toFailure())
        .hasMessage("the cloud answered 400 EndPoint.0017 \"Invalid sort_key\" (request id 6f0a)");
    assertThat(error.toFailure().retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void failureDoesNotRepeatACodeThatIsTheStatus() {
    assertThat(new ApiError(401, "401", null, null, null, null).toFailure())
        .hasMessage("the cloud answered 401");
  }
}
