package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * The signature {@code SDK-HMAC-SHA256}: from a request to its {@code Authorization}, without a
 * clock or a network. The rules are the vendor's "AK/SK signing and authentication".
 */
final class RequestSigner {
  static final String ALGORITHM = "SDK-HMAC-SHA256";

  static final String DATE = "X-Sdk-Date";
  static final String PROJECT_ID = "X-Project-Id";
  static final String SECURITY_TOKEN = "X-Security-Token";

  private static final List<String> SIGNED_HEADERS = List.of(DATE, PROJECT_ID, SECURITY_TOKEN);
  private static final String UNRESERVED = "-_.~";

  private final String accessKey;
  private final String secretKey;

  RequestSigner(String accessKey, String secretKey) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** A signature, with the texts that it was made from. */
  record Signature(String canonicalRequest, String stringToSign, String authorization) {
    /** The canonical request holds the security token. */
    @Override
    public String toString() {
      return "Signature[redacted]";
    }
  }

  /**
   * Signs the host and those of {@code X-Sdk-Date}, {@code X-Project-Id} and {@code
   * X-Security-Token} that the request has; other headers may change on their way.
   *
   * @param headers with {@code X-Sdk-Date}, UTC as {@code yyyyMMdd'T'HHmmss'Z'}
   * @param body empty where there is none
   */
  Signature sign(String method, HttpUrl url, Headers headers, byte[] body) {
    Map<String, String> signed = signedHeaders(url, headers);
    String names = String.join(";", signed.keySet());
    String canonicalHeaders =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    String canonicalRequest =
        String.join(
            "\n", method, path(url), query(url), canonicalHeaders, names, hex(Sha256.of(body)));
    String stringToSign =
        String.join("\n", ALGORITHM, headers.get(DATE), hex(Sha256.of(utf8(canonicalRequest))));
    String authorization =
        "%s Access=%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, accessKey, names, hex(hmac(stringToSign)));
    return new Signature(canonicalRequest, stringToSign, authorization);
  }

  private static Map<String, String> signedHeaders(HttpUrl url, Headers headers) {
    Map<String, String> signed = new TreeMap<>();
    signed.put("host", host(url));
    for (String name : SIGNED_HEADERS) {
      String value = headers.get(name);
      if (value != null) {
        signed.put(name.toLowerCase(Locale.ROOT), value);
      }
    }
    return signed;
  }

  /** As in the header {@code Host}: with the port where it is not the scheme's own. */
  private static String host(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  /** Ends in a slash, whether the path does or not. */
  private static String path(HttpUrl url) {
    String path =
        url.pathSegments().stream()
            .map(RequestSigner::encoded)
            .collect(Collectors.joining("/", "/", ""));
    return path.endsWith("/") ? path : path + "/";
  }

  /** Sorted by name; values of one name stay in their order. */
  private static String query(HttpUrl url) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (int i = 0; i < url.querySize(); i++) {
      String value = url.queryParameterValue(i);
      parameters.add(
          Map.entry(encoded(url.queryParameterName(i)), value == null ? "" : encoded(value)));
    }
    parameters.sort(Comparator.comparing(Map.Entry::getKey));
    return parameters.stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }

  /** Percent-encoded as in RFC 3986, 2.3: every byte but those of unreserved characters. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : utf8(text)) {
      boolean unreserved =
          b >= '0' && b <= '9'
              || b >= 'A' && b <= 'Z'
              || b >= 'a' && b <= 'z'
              || UNRESERVED.indexOf(b) >= 0;
      if (unreserved) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(utf8(secretKey), "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every platform has HMAC with SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
