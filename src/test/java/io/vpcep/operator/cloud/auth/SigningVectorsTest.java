package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Signs as a file of known cases says, which {@code -Dsigning.vectors=FILE} names. */
class SigningVectorsTest {
  private static final String PROPERTY = "signing.vectors";

  /** One case; query and headers are pairs of a name and a value. */
  record Vector(
      String name,
      String ak,
      String sk,
      String method,
      String endpoint,
      String path,
      List<List<String>> query,
      List<List<String>> headers,
      String projectId,
      String securityToken,
      String body,
      String signedHost,
      String canonicalRequest,
      String stringToSign,
      String authorization) {

    HttpUrl url() {
      HttpUrl.Builder url = HttpUrl.get(endpoint).newBuilder().addPathSegments(path.substring(1));
      query.forEach(pair -> url.addQueryParameter(pair.get(0), pair.get(1)));
      return url.build();
    }

    Headers sent() {
      Headers.Builder sent = new Headers.Builder();
      headers.forEach(pair -> sent.add(pair.get(0), pair.get(1)));
      if (projectId != null) {
        sent.set(RequestSigner.PROJECT_ID, projectId);
      }
      if (securityToken != null) {
        sent.set(RequestSigner.SECURITY_TOKEN, securityToken);
      }
      return sent.build();
    }

    byte[] bytes() {
      return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Test
  void signsAsTheVectorsSay() throws Exception {
    String file = System.getProperty(PROPERTY);
    assumeTrue(file != null, "no file of cases: name one with -D" + PROPERTY + "=FILE");

    Vector[] vectors = new ObjectMapper().readValue(new File(file), Vector[].class);

    assertThat(vectors).isNotEmpty().allSatisfy(SigningVectorsTest::signsAs);
  }

  private static void signsAs(Vector vector) {
    RequestSigner.Signature signature =
        new RequestSigner(vector.ak(), vector.sk())
            .sign(vector.method(), vector.url(), vector.sent(), vector.bytes());

    assertThat(signature.canonicalRequest())
        .isEqualTo(vector.canonicalRequest())
        .contains("\nhost:" + vector.signedHost() + "\n");
    assertThat(signature.stringToSign()).isEqualTo(vector.stringToSign());
    assertThat(signature.authorization()).isEqualTo(vector.authorization());
  }
}
