package io.vpcep.operator.sync;

/**
 * The VpcEndpointProject that a sync works for.
 *
 * @param uid tells a project from another one that had the same name before
 */
public record ProjectIdentity(String namespace, String name, String uid) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
