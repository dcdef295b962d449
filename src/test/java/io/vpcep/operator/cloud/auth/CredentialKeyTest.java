package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Credentials;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CredentialKeyTest {
  private static Credentials.Login login(String user, String password, String domain, String iam) {
    return new Credentials.Login(user, password, domain, URI.create(iam));
  }

  @Test
  void tellsEveryPartApart() {
    Set<String> keys =
        Stream.of(
                login("u", "p", "d", "https://i"),
                login("up", "", "d", "https://i"),
                login("u", "p2", "d", "https://i"),
                login("u", "p", "d2", "https://i"),
                login("u", "p", "d", "https://i2"),
                new Credentials.Token("u"),
                new Credentials.AccessKey("a", "s", null),
                new Credentials.AccessKey("a", "s", "-"),
                new Credentials.AccessKey("as", "", null),
                new Credentials.NodeAgency(),
                new Credentials.PodIdentity())
            .map(credentials -> CredentialKey.of(credentials, "h"))
            .collect(Collectors.toSet());

    assertThat(keys).hasSize(11).allMatch(key -> key.matches("[0-9a-f]{64}"));
  }

  @Test
  void isTheSameForTheSame() {
    assertThat(CredentialKey.of(login("u", "p", "d", "https://i")))
        .isEqualTo(CredentialKey.of(login("u", "p", "d", "https://i")));
  }
}
