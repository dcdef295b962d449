package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorBodyTest {

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of(
            "{\"error_code\":\"EndPoint.0002\",\"error_msg\":\"bad\"}",
            new ErrorBody("EndPoint.0002", "bad", null)),
        Arguments.of(
            "{\"error\":{\"code\":\"EndPoint.0004\",\"message\":\"no\"}}",
            new ErrorBody("EndPoint.0004", "no", null)),
        Arguments.of(
            "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"auth\",\"request_id\":\"r1\"}",
            new ErrorBody("APIGW.0301", "auth", "r1")),
        Arguments.of(
            "{\"error\":{\"code\":401,\"message\":\"wrong\",\"title\":\"Unauthorized\"}}",
            new ErrorBody("401", "wrong", null)),
        Arguments.of("{\"error\":\"oops\",\"x\":[{}]}", new ErrorBody(null, null, null)),
        Arguments.of("{\"error_code\":\"E1\",\"error_m", new ErrorBody("E1", null, null)),
        Arguments.of("<html><h1>502</h1></html>", new ErrorBody(null, null, null)),
        Arguments.of("[1]", new ErrorBody(null, null, null)),
        Arguments.of("", new ErrorBody(null, null, null)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void readsEveryShape(String body, ErrorBody expected) {
    assertThat(ErrorBody.of(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  @Property
  void readsAnything(@ForAll byte[] garbage) {
    assertThat(ErrorBody.of(garbage)).isNotNull();
  }
}
