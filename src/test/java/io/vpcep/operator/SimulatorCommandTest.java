package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.simulator.Fault;
import io.vpcep.operator.simulator.SeededCredentials;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code simulator}: what it refuses, what it prints, and what becomes of that in a shell. */
@Timeout(120)
class SimulatorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ExecutorService running = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    running.shutdownNow();
  }

  record Ended(int exitCode, String output) {}

  private int execute(String... options) {
    CommandLine commandLine = VpcepOperator.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    String[] arguments =
        Stream.concat(Stream.of("simulator"), Arrays.stream(options)).toArray(String[]::new);
    return commandLine.execute(arguments);
  }

  /** Starts a simulator that serves until the test ends; returns what it prints. */
  private String introduction(String lastLine, String... options) {
    running.submit(() -> execute(options));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> out.toString().lines().anyMatch(line -> line.startsWith(lastLine)));
    return out.toString();
  }

  private static String tryLine(String introduction) {
    return introduction
        .lines()
        .filter(line -> line.startsWith("Try: "))
        .findFirst()
        .orElseThrow()
        .substring(5);
  }

  /** Runs a printed line in a shell, with the classes of this test in the place of the jar. */
  private static Ended paste(String line) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String command =
        line.replace(
            "java -jar target/vpcep-operator.jar", "\"$JAVA\" " + VpcepOperator.class.getName());
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    shell.environment().keySet().removeIf(name -> name.startsWith("VPCEP_"));
    shell
        .environment()
        .putAll(
            Map.of("JAVA", java.toString(), "CLASSPATH", System.getProperty("java.class.path")));
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--services=20",
        "--auth=token",
        "--token=it's-$HOME",
        "--auth=aksk",
        "--auth=aksk --security-token=tEmP+tOkEn/= --secret-key=a'b\"c$d"
      })
  void theLineToTryListsWhenPasted(String options) throws Exception {
    String line = tryLine(introduction("Try: ", options.split(" ")));

    Ended ended = paste(line);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output().lines()).hasSize(21);
  }

  @Test
  void credentialsThatAreGivenAreTheOnesThatCount() {
    String introduction =
        introduction("END", "--auth", "aksk", "--access-key", "AK1", "--secret-key", "SK1");

    assertThat(tryLine(introduction)).startsWith("VPCEP_ACCESS_KEY=AK1 VPCEP_SECRET_KEY=SK1 java");
  }

  @Test
  void theResourcesForALoginHoldWhatTheOperatorNeeds() {
    String introduction = introduction("END", "--auth", "iam");

    List<String> documents = documents(introduction);
    Secret secret = Serialization.unmarshal(documents.get(0), Secret.class);
    VpcEndpointProject project =
        Serialization.unmarshal(documents.get(1), VpcEndpointProject.class);
    SeededCredentials seeded = new SeededCredentials(1);
    assertThat(secret.getStringData())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "username", seeded.username(),
                "password", seeded.password(),
                "domainName", seeded.domainName()));
    assertThat(project.getSpec().credentials().secretRef().name())
        .isEqualTo(secret.getMetadata().getName());
    assertThat(project.getSpec().credentials().iamEndpoint())
        .isEqualTo(project.getSpec().endpoint())
        .startsWith("http://127.0.0.1:");
    assertThat(introduction).contains("VPCEP_ALLOW_INSECURE_ENDPOINTS=true", "kubectl apply -f -");
    assertThat(introduction).contains(project.getSpec().projectId() + System.lineSeparator());
  }

  @Test
  void theResourcesForAKeyPairNameNoIdentityService() {
    List<String> documents =
        documents(introduction("END", "--auth", "aksk", "--security-token", "ST1"));

    assertThat(Serialization.unmarshal(documents.get(0), Secret.class).getStringData())
        .containsOnlyKeys("accessKey", "secretKey", "securityToken");
    assertThat(
            Serialization.unmarshal(documents.get(1), VpcEndpointProject.class)
                .getSpec()
                .credentials()
                .iamEndpoint())
        .isNull();
  }

  private static List<String> documents(String introduction) {
    String text =
        introduction.substring(introduction.indexOf("---"), introduction.indexOf("\nEND"));
    return Arrays.stream(text.split("(?m)^---$")).filter(part -> !part.isBlank()).toList();
  }

  @Test
  void everyKindOfProblemIsNamedAtOnceOneALine() {
    int exitCode =
        execute(
            "--port=-1",
            "--projects=0",
            "--services=many",
            "--latency=soon",
            "--churn=often",
            "--throttle=0/s",
            "--fault=broken",
            "--fault=torn:abc",
            "--auth=aksk",
            "--secret-key=two words",
            "--username=ann");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines())
        .doesNotHaveDuplicates()
        .hasSize(11)
        .anySatisfy(line -> assertThat(line).startsWith("--port must be 0 to 65535"))
        .anySatisfy(line -> assertThat(line).startsWith("--projects must be at least 1"))
        .anySatisfy(line -> assertThat(line).contains("--services", "many"))
        .anySatisfy(line -> assertThat(line).contains("--latency", "soon"))
        .anySatisfy(line -> assertThat(line).contains("--churn", "often"))
        .anySatisfy(line -> assertThat(line).contains("--throttle", "at least one"))
        .anySatisfy(line -> assertThat(line).contains("--fault", "broken"))
        .anySatisfy(line -> assertThat(line).contains("--fault", "\"abc\""))
        .anySatisfy(line -> assertThat(line).contains("--secret-key"))
        .anySatisfy(line -> assertThat(line).startsWith("--username is for --auth iam"));
  }

  @Test
  void wrongWaysToAuthenticateAreNamedWithTheRightOnes() {
    int exitCode = execute("--auth=kerberos");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("--auth", "kerberos", "token", "aksk", "iam");
  }

  @Test
  void tokensAreRefusedWhereTheyAreGivenByTheIdentityService() {
    int exitCode = execute("--auth=iam", "--token=t");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("--token is for --auth token");
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void helpSaysWhatEachFaultIs(Fault fault) {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).containsPattern("(?m)^  " + fault.optionName() + " {2,}[^ ]");
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void thePageForOperatorsHasARowForEachFault(Fault fault) throws Exception {
    assertThat(Path.of("docs", "operations.md"))
        .content()
        .contains("\n| `" + fault.optionName() + "` | ");
  }
}
