package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ProjectSettings;
import io.vpcep.operator.sync.SecretKeys;
import io.vpcep.operator.sync.SyncFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads the Secrets that a project names, from its own namespace, with {@code get} alone. */
public final class SecretCredentials implements CredentialSource {
  private final KubernetesClient client;

  /** Reads through {@code client}; keeps nothing. */
  public SecretCredentials(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Supplied read(String namespace, VpcEndpointProjectSpec spec) throws SyncFailure {
    StringBuilder version = new StringBuilder();
    Credentials credentials = new Credentials.None();
    VpcEndpointProjectSpec.Credentials from = spec.credentials();
    if (from != null && from.secretRef() != null) {
      String name = from.secretRef().name();
      Secret secret = secret(namespace, name, "spec.credentials.secretRef");
      credentials =
          SecretKeys.credentials(name, decoded(secret), ProjectSettings.iamEndpoint(from));
      version.append(version(secret));
    } else if (from != null) {
      credentials =
          from.nodeAgency() == null ? new Credentials.PodIdentity() : new Credentials.NodeAgency();
    }
    String authorities = null;
    if (spec.tls() != null && spec.tls().caSecretRef() != null) {
      String name = spec.tls().caSecretRef().name();
      Secret secret = secret(namespace, name, "spec.tls.caSecretRef");
      authorities = SecretKeys.authorities(name, decoded(secret));
      version.append('/').append(version(secret));
    }
    return new Supplied(credentials, authorities, version.toString());
  }

  private Secret secret(String namespace, String name, String field) throws SyncFailure {
    try {
      Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
      if (secret == null) {
        throw new SyncFailure(
            FailureReason.SECRET_NOT_FOUND,
            field + " names Secret " + name + ", which does not exist in namespace " + namespace);
      }
      return secret;
    } catch (KubernetesClientException e) {
      throw new SyncFailure(
          FailureReason.SECRET_NOT_FOUND,
          "Secret " + name + " could not be read: " + KubernetesProblem.describe(e),
          null,
          e);
    }
  }

  private static String version(Secret secret) {
    return secret.getMetadata().getUid() + ":" + secret.getMetadata().getResourceVersion();
  }

  /** The API server takes in valid Base64 alone. */
  private static Map<String, String> decoded(Secret secret) {
    Map<String, String> values = new HashMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  values.put(
                      key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return values;
  }
}
