package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Tells credentials apart without showing them: a SHA-256 of all that they are made of. */
final class CredentialKey {
  private CredentialKey() {}

  /** The same for the same parts; lengths keep the parts apart. */
  static String of(String... parts) {
    String all =
        Arrays.stream(parts)
            .map(part -> part == null ? "-" : part.length() + ":" + part)
            .collect(Collectors.joining());
    return HexFormat.of().formatHex(Sha256.of(all.getBytes(StandardCharsets.UTF_8)));
  }

  /** Of a user, whatever cloud project is listed. */
  static String of(Credentials.Login login) {
    return of(
        "login",
        login.iamEndpoint().toString(),
        login.domainName(),
        login.username(),
        login.password());
  }

  /** Of credentials towards one host. */
  static String of(Credentials credentials, String host) {
    if (credentials instanceof Credentials.Login login) {
      return of(of(login), host);
    }
    if (credentials instanceof Credentials.Token token) {
      return of("token", token.value(), host);
    }
    if (credentials instanceof Credentials.AccessKey key) {
      return of("key", key.accessKey(), key.secretKey(), key.securityToken(), host);
    }
    return of(credentials.getClass().getSimpleName(), host);
  }
}
