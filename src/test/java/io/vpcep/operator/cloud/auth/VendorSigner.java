package io.vpcep.operator.cloud.auth;

import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The signer of the cloud vendor's own SDK, to compare with. */
public final class VendorSigner {
  private VendorSigner() {}

  /**
   * The {@code Authorization} of a GET.
   *
   * @param path not percent-encoded
   * @param query names and values, not percent-encoded
   * @param headers the headers to sign, but for {@code Host}
   */
  public static String authorization(
      List<String> keyPair,
      String endpoint,
      String path,
      List<Map.Entry<String, String>> query,
      Map<String, String> headers) {
    HttpRequest.HttpRequestBuilder request =
        HttpRequest.newBuilder()
            .withMethod(HttpMethod.GET)
            .withEndpoint(endpoint)
            .withPath(path)
            .addHeaders(headers);
    Map<String, List<String>> values = new TreeMap<>();
    query.forEach(
        parameter ->
            values
                .computeIfAbsent(parameter.getKey(), name -> new ArrayList<>())
                .add(parameter.getValue()));
    values.forEach(request::addQueryParam);
    BasicCredentials credentials =
        new BasicCredentials().withAk(keyPair.get(0)).withSk(keyPair.get(1));
    return AKSKSigner.getInstance().sign(request.build(), credentials).get("Authorization");
  }
}
