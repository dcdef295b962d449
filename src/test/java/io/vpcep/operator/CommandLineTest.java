package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.simulator.Fault;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Simulator cloud;
  private String project;

  @BeforeEach
  void startCloud() {
    cloud =
        Simulator.start(SimulatorOptions.defaults().withSize(1, 30), Environment.time().clock());
    project = cloud.projectIds().get(0);
  }

  @AfterEach
  void stopCloud() {
    cloud.close();
  }

  private int execute(String... arguments) {
    CommandLine commandLine = VpcepOperator.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private int list(String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "list";
    arguments[1] = "--endpoint";
    arguments[2] = cloud.baseUrl().toString();
    arguments[3] = "--project-id";
    arguments[4] = project;
    System.arraycopy(more, 0, arguments, 5, more.length);
    return execute(arguments);
  }

  @Test
  void listPrintsATable() {
    int exitCode = list("--page-size", "7");

    assertThat(exitCode).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0).split(" {2,}"))
        .containsExactly("ID", "SERVICE", "AVAILABILITY", "CONNECTIONS", "PORTS", "TYPE", "SERVER");
    assertThat(lines).hasSize(31);
    assertThat(cloud.requests(project)).isEqualTo(5);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml"})
  void listPrintsTheResourcesThatRunWouldWrite(String format) {
    int exitCode = list("-o", format);

    assertThat(exitCode).isZero();
    KubernetesList printed = Serialization.unmarshal(out.toString(), KubernetesList.class);
    assertThat(printed.getItems())
        .hasSize(30)
        .allSatisfy(
            item -> {
              assertThat(item.getKind()).isEqualTo("VpcEndpointService");
              assertThat(item.getApiVersion()).isEqualTo("vpcep.io/v1alpha1");
            });
    VpcEndpointService first =
        Serialization.unmarshal(
            Serialization.asJson(printed.getItems().get(0)), VpcEndpointService.class);
    SimulatedService service = cloud.service(project, first.getMetadata().getName()).orElseThrow();
    assertThat(first.getStatus().serviceName()).isEqualTo(service.serviceName());
    assertThat(first.getStatus().conditions()).isNotEmpty();
  }

  @Test
  void listSendsEveryParameter() {
    SimulatedService wanted = cloud.services(project).get(3);

    int exitCode =
        list(
            "--service-name",
            wanted.serviceName().substring(1).toUpperCase(Locale.ROOT),
            "--id",
            wanted.id(),
            "--status",
            wanted.status(),
            "--sort-key",
            "updated_at",
            "--sort-dir",
            "asc");

    assertThat(exitCode).isZero();
    assertThat(out.toString().lines()).hasSize(2).last().asString().contains(wanted.id());
  }

  @Test
  void listSaysWhatTheCloudRefusedInOneLine() {
    int exitCode = list("--sort-key", "size");

    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("400", "EndPoint.0017", "request id");
  }

  @Test
  void listFailsWhenTheCloudFails() {
    cloud.setFault(project, Fault.SERVER_ERROR);

    int exitCode = list();

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("500");
  }

  @Test
  void everyProblemOfRunIsNamedOnALineOfItsOwn() {
    int exitCode = execute("run", "--http-port=x", "--leader-election=maybe", "--foo");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("--foo"))
        .anySatisfy(line -> assertThat(line).contains("--http-port", "\"x\""))
        .anySatisfy(line -> assertThat(line).contains("--leader-election", "\"maybe\""));
  }

  @Test
  void everyProblemOfListIsNamedOnALineOfItsOwn() {
    int exitCode = execute("list", "--endpoint", "ftp://host", "--page-size", "0", "--bar");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines())
        .doesNotHaveDuplicates()
        .anySatisfy(line -> assertThat(line).contains("--project-id"))
        .anySatisfy(line -> assertThat(line).contains("--bar"))
        .anySatisfy(line -> assertThat(line).contains("--page-size is 0"))
        .anySatisfy(line -> assertThat(line).contains("ftp://host"));
  }

  @Test
  void listDoesNotAskTheCloudForAnOrderThatThereIsNot() {
    int exitCode = list("--sort-dir", "up");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("--sort-dir is \"up\": write asc or desc");
    assertThat(cloud.requests(project)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "a b"})
  void listDoesNotAskTheCloudForWhatIsNoProject(String id) {
    int exitCode = execute("list", "--endpoint=" + cloud.baseUrl(), "--project-id=" + id);

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("--project-id is \"" + id + "\": write the ID of a");
  }

  @Test
  void everyProblemOfTheSimulatorIsNamedOnALineOfItsOwn() {
    int exitCode = execute("simulator", "--latency", "soon", "--churn", "often");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines())
        .anySatisfy(line -> assertThat(line).contains("--latency", "soon"))
        .anySatisfy(line -> assertThat(line).contains("--churn", "often"));
  }

  @Test
  void withoutACommandTheUsageIsShown() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).contains("run", "list", "simulator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "list", "simulator"})
  void everyCommandHasHelp(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: vpcep-operator " + command);
  }

  @Test
  void showsItsVersion() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).matches("vpcep-operator [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
  }
}
