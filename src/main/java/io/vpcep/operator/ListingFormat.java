package io.vpcep.operator;

import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.io.PrintWriter;
import java.util.List;

/** How {@code list} prints; the names are what users write. */
enum ListingFormat {
  /** Columns for people. */
  table {
    @Override
    void print(List<VpcEndpointService> services, PrintWriter out) {
      TextTable rows =
          new TextTable("ID", "SERVICE", "AVAILABILITY", "CONNECTIONS", "PORTS", "TYPE", "SERVER");
      services.forEach(service -> rows.add(row(service)));
      rows.print(out);
    }
  },
  /** A Kubernetes List of VpcEndpointServices. */
  json {
    @Override
    void print(List<VpcEndpointService> services, PrintWriter out) {
      out.println(Serialization.asJson(list(services)));
    }
  },
  /** The same in YAML. */
  yaml {
    @Override
    void print(List<VpcEndpointService> services, PrintWriter out) {
      out.print(Serialization.asYaml(list(services)));
    }
  };

  abstract void print(List<VpcEndpointService> services, PrintWriter out);

  private static KubernetesList list(List<VpcEndpointService> services) {
    KubernetesList list = new KubernetesList();
    list.setItems(List.copyOf(services));
    return list;
  }

  private static Object[] row(VpcEndpointService service) {
    VpcEndpointServiceStatus status = service.getStatus();
    return new Object[] {
      service.getSpec().serviceId(),
      status.serviceName(),
      status.availability(),
      status.connectionCount(),
      status.portSummary(),
      status.serviceType(),
      status.serverType()
    };
  }
}
