package io.vpcep.operator;

import io.vpcep.operator.cloud.CloudCatalog;
import io.vpcep.operator.cloud.RequestObserver;
import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.ProxySettings;
import io.vpcep.operator.controller.Time;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.Completeness.Incomplete;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceMapper;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the services of a cloud project once; needs no cluster. */
@Command(
    name = "list",
    description = {
      "Lists the VPC endpoint services of a cloud project once; needs no cluster.",
      "Credentials come from the environment: VPCEP_TOKEN, or VPCEP_ACCESS_KEY and"
          + " VPCEP_SECRET_KEY, with VPCEP_SECURITY_TOKEN for temporary keys."
    })
final class ListCommand implements Callable<Integer>, SelfChecking {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "URL",
      description = "Base URL of the query API; any host, http too.")
  private URI endpoint;

  @Option(
      names = "--project-id",
      required = true,
      paramLabel = "ID",
      description = "The cloud project.")
  private String projectId;

  @Option(names = "--service-name", paramLabel = "NAME", description = "Part of the name.")
  private String serviceName;

  @Option(names = "--id", paramLabel = "ID", description = "The unique ID of one service.")
  private String id;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "creating, available, failed or deleting.")
  private String status;

  @Option(
      names = "--sort-key",
      paramLabel = "KEY",
      description = "created_at or updated_at; create_at or update_at on some clouds.")
  private String sortKey;

  @Option(names = "--sort-dir", paramLabel = "DIR", description = "asc or desc.")
  private String sortDirection;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Services in one page, 1 to 1000. Default: ${DEFAULT-VALUE}")
  private int pageSize;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or yaml. Default: ${DEFAULT-VALUE}")
  private ListingFormat format;

  @Spec private CommandSpec spec;

  private ProxySettings proxies;

  @Override
  public Integer call() throws InterruptedException {
    ListingRequest request = request();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Time time = Environment.time();
    try (CloudCatalog catalog =
        CloudCatalog.create(
            EndpointRules.anything().through(proxies),
            new CloudCatalog.Clocks(time.clock(), System::nanoTime),
            time.jitter()::next,
            RequestObserver.NONE,
            LocalIdentity.of(Map.of()))) {
      Snapshot snapshot = catalog.list(request);
      List<VpcEndpointService> services =
          snapshot.services().stream()
              .map(service -> ServiceMapper.detached(service, projectId, time.clock().instant()))
              .toList();
      format.print(services, out);
      if (snapshot.completeness() instanceof Incomplete incomplete) {
        err.println("warning: the listing may lack services: " + incomplete.why());
      }
      return ExitCode.OK;
    } catch (SyncFailure e) {
      err.println(e.reason().constant() + ": " + e.getMessage());
      return ExitCode.SOFTWARE;
    } finally {
      out.flush();
    }
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (pageSize < 1 || pageSize > ServiceQuery.MAX_PAGE_SIZE) {
      problems.add("--page-size is " + pageSize + ": write a number from 1 to 1000");
    }
    if (sortDirection != null && !sortDirection.matches("asc|desc")) {
      problems.add("--sort-dir is \"" + sortDirection + "\": write asc or desc");
    }
    if (projectId != null && !projectId.matches("[A-Za-z0-9_-]{1,64}")) {
      problems.add(
          "--project-id is \""
              + projectId
              + "\": write the ID of a cloud project, such as 6e9dfd51d1124e8d8498dce894923a0d");
    }
    if (endpoint != null && !isHttp(endpoint)) {
      problems.add("--endpoint is \"" + endpoint + "\": write a URL such as https://HOST");
    }
    credentials().problem().ifPresent(problems::add);
    try {
      proxies = ProxySettings.read(Environment.variables());
    } catch (InvalidSettings e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  private static boolean isHttp(URI endpoint) {
    boolean http =
        "http".equalsIgnoreCase(endpoint.getScheme())
            || "https".equalsIgnoreCase(endpoint.getScheme());
    return http && endpoint.getHost() != null;
  }

  private ListingRequest request() {
    ServiceQuery query =
        new ServiceQuery(serviceName, id, status, sortKey, sortDirection, pageSize);
    return new ListingRequest(
        "list", endpoint, projectId, credentials().read(), null, query, TIMEOUT);
  }

  private static EnvironmentCredentials credentials() {
    return new EnvironmentCredentials(Environment.variables());
  }
}
