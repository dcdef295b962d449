package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vpcep.operator.simulator.ServiceSettings.Backend;
import io.vpcep.operator.simulator.ServiceSettings.PortMapping;
import io.vpcep.operator.simulator.ServiceSettings.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2018-01-30T07:42:00Z");
  private static final SimulatedService SERVICE =
      new SimulatedService(
          "id-1",
          "test123",
          "available",
          3,
          TIME,
          TIME.plusSeconds(1),
          List.of(),
          new ServiceSettings(
              "project-1",
              "interface",
              new Backend("VIP", "vpc-1", "port-1", "vip-1"),
              true,
              "close",
              List.of(new PortMapping(8080, 90, "TCP")),
              List.of(new Tag("区域", "بيئة")),
              "text"));

  @Test
  void hasTheNamesOfTheSpecification() throws IOException {
    Answer answer = Answer.of(new Page(List.of(SERVICE), 7));

    assertThat(json(answer))
        .isEqualTo(
            JSON.readTree(
                """
                {"endpoint_services": [{
                   "id": "id-1", "service_name": "test123", "status": "available",
                   "connection_count": 3, "created_at": "2018-01-30T07:42:00Z",
                   "updated_at": "2018-01-30T07:42:01Z", "project_id": "project-1",
                   "service_type": "interface", "server_type": "VIP", "vpc_id": "vpc-1",
                   "port_id": "port-1", "vip_port_id": "vip-1", "approval_enabled": true,
                   "tcp_proxy": "close", "description": "text",
                   "ports": [{"client_port": 8080, "server_port": 90, "protocol": "TCP"}],
                   "tags": [{"key": "区域", "value": "بيئة"}]}],
                 "total_count": 7}
                """));
  }

  @Test
  void sendsErrorsOfFailedServicesOnly() throws IOException {
    Answer answer = Answer.of(new Page(List.of(SERVICE.withStatus("failed", TIME)), 1));

    assertThat(json(answer).at("/endpoint_services/0/error"))
        .isEqualTo(
            JSON.readTree(
                "[{\"error_code\":\"EndPoint.3001\",\"error_message\":\"Failed to create a port.\"}]"));
    assertThat(json(answer).at("/endpoint_services/0/connection_count").asInt()).isZero();
  }

  @Test
  void leavesOutWhatIsAbsent() throws IOException {
    ServiceSettings bare =
        new ServiceSettings(
            "p",
            "gateway",
            new Backend("VM", "v", "p", null),
            false,
            "open",
            List.of(),
            List.of(),
            null);

    Answer answer = Answer.of(new Page(List.of(SERVICE.withSettings(bare)), 1));

    JsonNode service = json(answer).at("/endpoint_services/0");
    assertThat(service.has("vip_port_id")).isFalse();
    assertThat(service.has("description")).isFalse();
    assertThat(service.has("error")).isFalse();
    assertThat(service.get("tags")).isEmpty();
  }

  @Test
  void rendersErrorsAsTheServiceDoes() throws IOException {
    Answer answer = Answer.of(ApiError.invalidSortKey(), "r1");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    assertThat(json(answer))
        .isEqualTo(
            JSON.readTree(
                """
                {"error_code": "EndPoint.0017",
                 "error_msg": "Invalid sort_key: created_at or updated_at."}
                """));
  }

  @Test
  void namesTheRequestInErrorsOfTheGateway() throws IOException {
    Answer answer = Answer.of(ApiError.unknownPath(), "r1");

    assertThat(json(answer).get("error_code").asText()).isEqualTo("APIGW.0101");
    assertThat(json(answer).get("request_id").asText()).isEqualTo("r1");
  }

  private static JsonNode json(Answer answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
