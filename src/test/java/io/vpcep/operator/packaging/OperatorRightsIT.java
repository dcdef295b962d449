package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vpcep.operator.kube.ApiServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped roles as a real authorizer reads them: enough for the operator, and no more. */
class OperatorRightsIT {
  private static final String NAMESPACE = "operator-rights";

  private static KubernetesClient admin;
  private static KubernetesClient operator;

  @BeforeAll
  static void connect() {
    admin = ApiServer.adminClient();
    operator = ApiServer.operatorClient();
    ApiServer.apply(
        admin, new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build());
  }

  @AfterAll
  static void disconnect() {
    Stream.of(admin, operator).filter(Objects::nonNull).forEach(KubernetesClient::close);
  }

  @Test
  void readsASecretByName() {
    ApiServer.apply(
        admin,
        new SecretBuilder()
            .withNewMetadata()
            .withName("cloud")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withStringData(Map.of("token", "t"))
            .build());

    Secret secret = operator.secrets().inNamespace(NAMESPACE).withName("cloud").get();

    assertThat(secret.getData()).containsKey("token");
  }

  @Test
  void cannotListSecrets() {
    assertThatThrownBy(() -> operator.secrets().inNamespace(NAMESPACE).list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }

  @Test
  void anUnboundAccountMayNotEvenReadASecret() {
    try (KubernetesClient unbound = ApiServer.clientFor(NAMESPACE, "unbound")) {
      assertThatThrownBy(() -> unbound.secrets().inNamespace(NAMESPACE).withName("cloud").get())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
  }

  @Test
  void takesOverItsLease() {
    Lease lease = operator.resource(lease("one")).createOr(existing -> existing.update());

    Lease taken =
        operator
            .resource(
                new LeaseBuilder(lease).editSpec().withHolderIdentity("two").endSpec().build())
            .update();

    assertThat(taken.getSpec().getHolderIdentity()).isEqualTo("two");
  }

  /** The server enforces the right that an owner reference takes which blocks deletion. */
  @Test
  void createsAServiceThatItsProjectOwns() {
    ApiServer.installCrds();
    HasMetadata project =
        ApiServer.apply(
            admin,
            resource(
                "VpcEndpointProject",
                "prod",
                Map.of(
                    "endpoint", "https://vpcep.ae-ad-1.myhuaweicloud.com",
                    "projectId", "6e9dfd51d1124e8d8498dce894923a0d")));
    GenericKubernetesResource service =
        resource(
            "VpcEndpointService",
            "4189d3c2-8882-4871-a3c2-d380272eed83",
            Map.of(
                "projectRef",
                Map.of("name", "prod"),
                "serviceId",
                "4189d3c2-8882-4871-a3c2-d380272eed83"));
    service
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion(project.getApiVersion())
                    .withKind(project.getKind())
                    .withName(project.getMetadata().getName())
                    .withUid(project.getMetadata().getUid())
                    .withController(true)
                    .withBlockOwnerDeletion(true)
                    .build()));

    GenericKubernetesResource created = operator.resource(service).create();

    assertThat(created.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getBlockOwnerDeletion()).isTrue());
    operator.resource(created).delete();
  }

  @ParameterizedTest
  @CsvSource({
    "get,    vpcep.io, vpcendpointprojects,",
    "list,   vpcep.io, vpcendpointprojects,",
    "watch,  vpcep.io, vpcendpointprojects,",
    "update, vpcep.io, vpcendpointprojects, status",
    "update, vpcep.io, vpcendpointprojects, finalizers",
    "get,    vpcep.io, vpcendpointservices,",
    "list,   vpcep.io, vpcendpointservices,",
    "watch,  vpcep.io, vpcendpointservices,",
    "create, vpcep.io, vpcendpointservices,",
    "update, vpcep.io, vpcendpointservices,",
    "delete, vpcep.io, vpcendpointservices,",
    "update, vpcep.io, vpcendpointservices, status",
    "get,    '', secrets,",
    "create, '', events,"
  })
  void mayDoItsWork(String verb, String group, String resource, String subresource) {
    assertThat(allowed(NAMESPACE, verb, group, resource, subresource)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "create, vpcep.io, vpcendpointprojects,",
    "update, vpcep.io, vpcendpointprojects,",
    "patch,  vpcep.io, vpcendpointprojects,",
    "delete, vpcep.io, vpcendpointprojects,",
    "get,    vpcep.io, vpcendpointprojects, status",
    "patch,  vpcep.io, vpcendpointprojects, status",
    "patch,  vpcep.io, vpcendpointservices,",
    "get,    vpcep.io, vpcendpointservices, status",
    "patch,  vpcep.io, vpcendpointservices, status",
    "deletecollection, vpcep.io, vpcendpointservices,",
    "list,   '', secrets,",
    "watch,  '', secrets,",
    "create, '', secrets,",
    "update, '', secrets,",
    "get,    '', configmaps,",
    "list,   '', namespaces,",
    "get,    '', pods,",
    "create, '', pods, exec",
    "get,    '', events,",
    "list,   '', events,",
    "patch,  '', events,",
    "create, events.k8s.io, events,",
    "create, '', serviceaccounts, token",
    "get,    apiextensions.k8s.io, customresourcedefinitions,",
    "create, rbac.authorization.k8s.io, rolebindings,",
    "create, coordination.k8s.io, leases,",
    "get,    coordination.k8s.io, leases,"
  })
  void mayDoNothingElse(String verb, String group, String resource, String subresource) {
    assertThat(allowed(NAMESPACE, verb, group, resource, subresource)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "get,    vpcep-operator, true",
    "update, vpcep-operator, true",
    "patch,  vpcep-operator, true",
    "delete, vpcep-operator, false",
    "get,    another, false",
    "update, another, false",
    "list,   , false",
    "watch,  , false",
    "create, , true"
  })
  void mayChangeItsOwnLeaseOnly(String verb, String name, boolean expected) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder(
                review(ApiServer.OPERATOR_NAMESPACE, verb, "coordination.k8s.io", "leases", null))
            .editSpec()
            .editResourceAttributes()
            .withName(name)
            .endResourceAttributes()
            .endSpec()
            .build();

    boolean allowed = operator.resource(review).create().getStatus().getAllowed();

    assertThat(allowed).isEqualTo(expected);
  }

  private static boolean allowed(
      String namespace, String verb, String group, String resource, String subresource) {
    return operator
        .resource(review(namespace, verb, group, resource, subresource))
        .create()
        .getStatus()
        .getAllowed();
  }

  private static SelfSubjectAccessReview review(
      String namespace, String verb, String group, String resource, String subresource) {
    return new SelfSubjectAccessReviewBuilder()
        .withNewSpec()
        .withNewResourceAttributes()
        .withNamespace(namespace)
        .withVerb(verb)
        .withGroup(group)
        .withResource(resource)
        .withSubresource(subresource)
        .endResourceAttributes()
        .endSpec()
        .build();
  }

  private static Lease lease(String holder) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(ApiServer.OPERATOR_NAME)
        .withNamespace(ApiServer.OPERATOR_NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .endSpec()
        .build();
  }

  private static GenericKubernetesResource resource(
      String kind, String name, Map<String, Object> spec) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion("vpcep.io/v1alpha1");
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
    resource.setAdditionalProperty("spec", spec);
    return resource;
  }
}
