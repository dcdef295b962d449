package io.vpcep.operator.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names made from the cloud's and from users' names: stable, and different for different ones. */
public final class ResourceNames {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  private static final int UUID_LENGTH = 36;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)");

  /** What only made names look like; an id of this shape is therefore not taken as it is. */
  private static final Pattern MADE = Pattern.compile("vpces-[0-9a-f]{40}");

  private static final int SHORT_FORM = 46;
  private static final HexFormat HEX = HexFormat.of();

  private ResourceNames() {}

  /**
   * The name of the resource that mirrors a service: its id where that is a Kubernetes name (a UUID
   * is), else {@code vpces-} and the first 40 hexadecimal digits of the SHA-256 of the id in UTF-8.
   * Two ids never share a name: no id is taken literally that looks like a made name.
   */
  public static String ofService(String id) {
    boolean literal =
        isUuid(id)
            || id.length() <= MAX_NAME && NAME.matcher(id).matches() && !MADE.matcher(id).matches();
    return literal ? id : "vpces-" + digest(id, 20);
  }

  /** What nearly every id is, told without the price of a pattern. */
  private static boolean isUuid(String id) {
    if (id.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = id.charAt(i);
      boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }

  /** The id that {@code name} is itself; empty where the name was made from some other id. */
  static Optional<String> literalId(String name) {
    return ofService(name).equals(name) ? Optional.of(name) : Optional.empty();
  }

  /**
   * The label value that stands for a project: its name where that is short enough, else the first
   * 46 characters of it, a dash, and 16 hexadecimal digits of its SHA-256.
   */
  public static String projectLabel(String project) {
    return project.length() <= MAX_LABEL
        ? project
        : project.substring(0, SHORT_FORM) + "-" + digest(project, 8);
  }

  /** True when {@code value} can be the value of a label. */
  static boolean isLabelValue(String value) {
    return value != null && value.length() <= MAX_LABEL && LABEL.matcher(value).matches();
  }

  private static String digest(String text, int bytes) {
    return HEX.formatHex(Sha256.of(encoded(text)), 0, bytes);
  }

  /**
   * UTF-8; where halves of surrogate pairs, which UTF-8 would make all the same, keep the text from
   * having one, its UTF-16 units after a byte that no UTF-8 holds.
   */
  private static byte[] encoded(String text) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteBuffer units = ByteBuffer.allocate(1 + 2 * text.length()).put((byte) 0xFF);
    text.chars().forEach(unit -> units.putChar((char) unit));
    return units.array();
  }
}
