package io.vpcep.operator.bench;

import java.util.List;
import java.util.Locale;

/** Draws into an SVG document; coordinates are pixels from the upper left. */
final class Svg {
  /** Told apart by people who do not see all colours, too (Okabe and Ito). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999");

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  static String colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  /** Where a text is held. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void text(double x, double y, Anchor anchor, String text) {
    add(
        "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
        x, y, anchor.name().toLowerCase(Locale.ROOT), escaped(text));
  }

  void title(String text) {
    add("<text x='16' y='26' font-size='16' font-weight='bold'>%s</text>", escaped(text));
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, colour);
  }

  /** A line that stands for no measurement. */
  void dashed(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-dasharray='5 4'/>",
        x1, y1, x2, y2, colour);
  }

  void bar(double x, double y, double wide, double high, String colour) {
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
        x, y, wide, Math.max(high, 0.5), colour);
  }

  void dot(double x, double y, String colour) {
    add("<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>", x, y, colour);
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** The document, with a ground of its own: pages may be dark. */
  String document() {
    return String.format(
        Locale.ROOT,
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
            + " font-family='sans-serif' font-size='12' fill='#333'>%n"
            + "<rect width='100%%' height='100%%' fill='white'/>%n%s</svg>%n",
        width,
        height,
        width,
        height,
        body);
  }
}
