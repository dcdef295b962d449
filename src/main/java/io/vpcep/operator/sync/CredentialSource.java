package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointProjectSpec;

/** The port to the Secrets of a project's own namespace; each is read when it is needed. */
public interface CredentialSource {

  /**
   * What a project authenticates with.
   *
   * @throws SyncFailure {@code SecretNotFound} or {@code SecretInvalid}; {@code InvalidSpec} where
   *     the Secret holds a user name and the spec names no identity service
   */
  Supplied read(String namespace, VpcEndpointProjectSpec spec) throws SyncFailure;

  /**
   * Credentials as they are now.
   *
   * @param caCertificates PEM, or null
   * @param version changes with every change of a Secret behind it; holds nothing of its content
   */
  record Supplied(Credentials credentials, String caCertificates, String version) {}
}
