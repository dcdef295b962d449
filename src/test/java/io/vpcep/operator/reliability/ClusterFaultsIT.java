package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do to a cluster under a running operator: rights, namespaces, Secrets. */
class ClusterFaultsIT {
  private static final int SERVICES = 6;
  private static final String ACCOUNT = "limited";

  private Sandbox sandbox;

  @BeforeAll
  static void requireServer() {
    ApiServer.require();
  }

  @BeforeEach
  void prepare() {
    sandbox = new Sandbox(SERVICES);
  }

  @AfterEach
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private void mirror() {
    sandbox.startOperator();
    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
  }

  @Test
  void saysWhatItMayNotDoAndDoesItOnceItMay() throws IOException {
    ClusterRole role = bindOwnRole();
    try {
      mirror();
      sandbox.changeEverything();
      sandbox.cloud().createService(sandbox.projectId());
      allow(role, List.of("get", "list", "watch"));
      sandbox.until(() -> !may("create"));

      Condition ready = sandbox.syncFails("WriteFailed");

      assertThat(ready.message()).contains("more could not be written: 403", "forbidden");
      allow(role, null);
      sandbox.until(() -> may("create"));
      sandbox.sync();
      sandbox.assertMirrored();
    } finally {
      sandbox.admin().resource(role).delete();
      sandbox.admin().resource(binding()).delete();
    }
  }

  @Test
  void watchesAgainOnceItMay() throws IOException {
    ClusterRole role = bindOwnRole();
    try {
      mirror();
      allow(role, List.of("create", "update", "delete", "get"));
      sandbox.until(() -> !may("list"));
      sandbox.proxy().follow(request -> request.isWatch() ? Reaction.expire() : Reaction.FORWARD);
      sandbox.proxy().closeWatches();
      sandbox.until(this::wasForbiddenToList);
      sandbox.proxy().behave();

      allow(role, null);

      sandbox.assertRepairs();
    } finally {
      sandbox.admin().resource(role).delete();
      sandbox.admin().resource(binding()).delete();
    }
  }

  private boolean wasForbiddenToList() {
    return sandbox.proxy().exchanges().stream()
        .anyMatch(
            exchange ->
                exchange.status() == 403 && exchange.request().isAbout(ApiRequest.SERVICES));
  }

  /** The shipped role under another name, for this test to change. */
  private ClusterRole bindOwnRole() throws IOException {
    ClusterRole shipped =
        Serialization.unmarshal(
            Files.readString(Path.of("deploy", "cluster-role.yml")), ClusterRole.class);
    ClusterRole role =
        new ClusterRoleBuilder(shipped)
            .editMetadata()
            .withName(sandbox.namespace())
            .endMetadata()
            .build();
    sandbox.admin().resource(role).create();
    sandbox.admin().resource(binding()).create();
    try (KubernetesClient client = ApiServer.clientFor(sandbox.namespace(), ACCOUNT)) {
      sandbox.actAs(client.getConfiguration());
    }
    sandbox.until(() -> may("create"));
    return role;
  }

  private ClusterRoleBinding binding() {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(sandbox.namespace())
        .endMetadata()
        .withNewRoleRef()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("ClusterRole")
        .withName(sandbox.namespace())
        .endRoleRef()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(ACCOUNT)
        .withNamespace(sandbox.namespace())
        .endSubject()
        .build();
  }

  /** Leaves these verbs of services and their statuses; null: those that were shipped. */
  private void allow(ClusterRole role, List<String> verbs) {
    ClusterRole changed = new ClusterRoleBuilder(role).build();
    for (PolicyRule rule : changed.getRules()) {
      boolean services =
          rule.getResources().stream().anyMatch(name -> name.startsWith(ApiRequest.SERVICES));
      if (services && verbs != null) {
        rule.setVerbs(verbs);
      }
    }
    changed.getMetadata().setResourceVersion(null);
    sandbox.admin().resource(changed).update();
  }

  private boolean may(String verb) {
    return ApiServer.may(sandbox.namespace(), ACCOUNT, verb, ApiRequest.SERVICES);
  }

  @Test
  void saysThatTheNamespaceEnds() {
    mirror();
    sandbox.changeEverything();
    sandbox.cloud().createService(sandbox.projectId());
    sandbox.admin().namespaces().withName(sandbox.namespace()).delete();
    sandbox.until(
        () ->
            "Terminating"
                .equals(
                    sandbox
                        .admin()
                        .namespaces()
                        .withName(sandbox.namespace())
                        .get()
                        .getStatus()
                        .getPhase()));

    Condition ready = sandbox.syncFails("WriteFailed");

    assertThat(ready.message()).contains("403", "being terminated").doesNotContain("more");
    sandbox.deleteProject();
    sandbox.collectGarbage();
    sandbox.until(() -> !Metrics.of(sandbox.operator()).contains("project=\"prod\""));
    assertThat(sandbox.services()).isEmpty();
  }

  @Test
  void saysThatTheSecretIsGoneAndGoesOnWhenItIsBack() {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(sandbox.namespace())
            .withName("cloud")
            .endMetadata()
            .addToStringData("token", "t")
            .build();
    sandbox.admin().resource(secret).create();
    sandbox.startOperator();
    VpcEndpointProjectSpec spec = sandbox.spec();
    sandbox.createProject(
        new VpcEndpointProjectSpec(
            spec.endpoint(),
            spec.projectId(),
            new VpcEndpointProjectSpec.Credentials(
                new VpcEndpointProjectSpec.SecretReference("cloud"), null, null, null),
            null,
            spec.interval(),
            null,
            spec.timeout(),
            null,
            null,
            null,
            null));
    sandbox.awaitSynced();
    sandbox.changeEverything();

    sandbox.admin().resource(secret).delete();

    sandbox.syncFails("SecretNotFound");
    sandbox.admin().resource(secret).create();
    sandbox.sync();
    sandbox.assertMirrored();
  }
}
