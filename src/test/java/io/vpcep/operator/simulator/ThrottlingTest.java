package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThrottlingTest {
  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults().withSize(2, 3).withThrottle(Throttle.parse("3/s"));

  private Visitor visitor = new Visitor(OPTIONS);

  @AfterEach
  void stop() {
    visitor.close();
  }

  private void use() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(visitor.list().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesWhatIsTooMuchAsAGatewayDoes() throws Exception {
    use();

    HttpResponse<String> response = visitor.list();

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(Visitor.json(response).get("error_code").asText()).isEqualTo("APIGW.0308");
    assertThat(Visitor.json(response).get("error_msg").asText())
        .endsWith("ratelimit,limit:3,time:1 second");
    assertThat(Visitor.json(response).get("request_id").asText()).hasSize(32);
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void countsAllProjectsTogether() throws Exception {
    use();

    assertThat(visitor.list(visitor.otherProject(), "", Map.of()).statusCode()).isEqualTo(429);
  }

  @Test
  void countsWhatItRefused() throws Exception {
    use();
    visitor.list();
    visitor.list();

    assertThat(visitor.simulator.answers(429)).isEqualTo(2);
    assertThat(visitor.simulator.answers(200)).isEqualTo(3);
    assertThat(visitor.simulator.requests(visitor.project())).isEqualTo(5);
  }

  @Test
  void answersAgainInTheNextPeriod() throws Exception {
    use();
    visitor.list();
    visitor.passes(Duration.ofMillis(999));
    assertThat(visitor.list().statusCode()).isEqualTo(429);

    visitor.passes(Duration.ofMillis(1));

    use();
  }

  @Test
  void doesNotCountUnknownPeople() throws Exception {
    visitor.close();
    visitor = new Visitor(OPTIONS.withToken("t"));
    for (int i = 0; i < 4; i++) {
      assertThat(visitor.list().statusCode()).isEqualTo(401);
    }

    HttpResponse<String> response =
        visitor.list(visitor.project(), "", Map.of("X-Auth-Token", "t"));

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void answersEverythingOnceLifted() throws Exception {
    use();

    visitor.simulator.liftThrottle();

    use();
    use();
  }

  @Test
  void beginsAnewWithAnotherLimit() throws Exception {
    use();

    visitor.simulator.setThrottle(Throttle.parse("1/h"));

    assertThat(visitor.list().statusCode()).isEqualTo(200);
    assertThat(visitor.list().statusCode()).isEqualTo(429);
  }
}
