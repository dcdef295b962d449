package io.vpcep.operator.simulator;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a request of {@code SDK-HMAC-SHA256} should be signed with, worked out from what arrived.
 * Written from the vendor's rules, and apart from the product's own signer: a mistake of the one is
 * not the other's.
 */
final class Signature {
  static final String ALGORITHM = "SDK-HMAC-SHA256";

  private Signature() {}

  /**
   * The text that stands for a request.
   *
   * @param signedHeaders names in lower case, in the order in which they are signed; all are there
   */
  static String canonicalRequest(Request request, List<String> signedHeaders) {
    String headers =
        signedHeaders.stream()
            .map(name -> name + ":" + request.header(name).orElse("").strip() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        path(request.path()),
        query(request.query()),
        headers,
        String.join(";", signedHeaders),
        HexFormat.of().formatHex(sha256(request.body())));
  }

  /** The signature, in lower-case hexadecimal digits. */
  static String of(String canonicalRequest, String date, String secretKey) {
    String digest = HexFormat.of().formatHex(sha256(utf8(canonicalRequest)));
    String toSign = String.join("\n", ALGORITHM, date, digest);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(utf8(secretKey), mac.getAlgorithm()));
      return HexFormat.of().formatHex(mac.doFinal(utf8(toSign)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  /** Ends in a slash, whether the path that was sent does or not. */
  private static String path(String raw) {
    String path =
        Arrays.stream(raw.split("/", -1))
            .map(segment -> recoded(segment.replace("+", "%2B")))
            .collect(Collectors.joining("/"));
    return path.endsWith("/") ? path : path + "/";
  }

  private static String query(String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    return Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .map(pair -> new String[] {recoded(pair[0]), pair.length < 2 ? "" : recoded(pair[1])})
        .sorted(Comparator.comparing(pair -> pair[0]))
        .map(pair -> pair[0] + "=" + pair[1])
        .collect(Collectors.joining("&"));
  }

  /**
   * Percent-encoded as in RFC 3986, however it was encoded before. The JDK's encoding is that of
   * forms, which differs in three characters.
   *
   * @throws IllegalArgumentException for what is not percent-encoded text
   */
  private static String recoded(String encoded) {
    String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
