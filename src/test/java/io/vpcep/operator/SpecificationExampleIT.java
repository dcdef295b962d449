package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** The example response of the query API's documentation: one element, and a total of 100. */
class SpecificationExampleIT {
  private static final String EXAMPLE =
      """
      {
        "endpoint_services": [
          {
            "id": "4189d3c2-8882-4871-a3c2-d380272eed83",
            "port_id": "4189d3c2-8882-4871-a3c2-d380272eed88",
            "vpc_id": "4189d3c2-8882-4871-a3c2-d380272eed80",
            "status": "available",
            "approval_enabled": false,
            "service_name": "test123",
            "server_type": "VM",
            "service_type": "interface",
            "ports": [
              {"client_port": 8080, "server_port": 90, "protocol": "TCP"},
              {"client_port": 8081, "server_port": 80, "protocol": "TCP"}
            ],
            "project_id": "6e9dfd51d1124e8d8498dce894923a0d",
            "created_at": "2018-01-30T07:42:01Z",
            "update_at": "2018-01-30T07:42:01Z"
          }
        ],
        "total_count": 100
      }
      """;

  private static final String NAME = "4189d3c2-8882-4871-a3c2-d380272eed83";

  @Test
  void isMirroredReportedAsIncompleteAndPrunesNothing() throws Exception {
    try (MockWebServer cloud = new MockWebServer();
        RunningOperator operator = new RunningOperator()) {
      cloud.setDispatcher(new Example());
      cloud.start();
      String endpoint = "http://127.0.0.1:" + cloud.getPort();
      operator.createProject(
          "example",
          RunningOperator.spec(endpoint, "6e9dfd51d1124e8d8498dce894923a0d", "1h", 1000));

      operator.awaitReason("example", "IncompleteListing");
      for (int again = 0; again < 3; again++) {
        operator.sync("example");
      }

      VpcEndpointProjectStatus status = operator.project("example").getStatus();
      assertThat(status.lastSyncTime()).isNull();
      assertThat(status.services().total()).isEqualTo(1);
      assertThat(RunningOperator.condition(status.conditions(), Condition.RECONCILING).status())
          .isEqualTo(Condition.TRUE);
      assertThat(RunningOperator.ready(status).message()).contains("100");
      VpcEndpointService service = operator.service(NAME);
      assertThat(service.getStatus().updatedAt()).isEqualTo("2018-01-30T07:42:01Z");
      assertThat(service.getStatus().portSummary()).isEqualTo("8080:90/TCP,8081:80/TCP");
      assertThat(RunningOperator.condition(service.getStatus().conditions(), "Ready").reason())
          .isEqualTo("Available");
    }
  }

  /** Says the same whatever is asked. */
  private static final class Example extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder()
          .addHeader("Content-Type", "application/json")
          .body(EXAMPLE)
          .build();
    }
  }
}
