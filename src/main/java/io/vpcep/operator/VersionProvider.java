package io.vpcep.operator;

import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of the jar. */
final class VersionProvider implements IVersionProvider {
  static String version() {
    String version = VersionProvider.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"vpcep-operator " + version()};
  }
}
