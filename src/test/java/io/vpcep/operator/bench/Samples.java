package io.vpcep.operator.bench;

import java.util.List;

/** Numbers of the same kind. */
record Samples(List<Double> sorted) {
  Samples {
    sorted = sorted.stream().sorted().toList();
  }

  double median() {
    return quantile(0.5);
  }

  /** The least number that so many of all are not above; {@code NaN} where there is none. */
  double quantile(double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
  }

  double max() {
    return quantile(1);
  }

  /** Slope of the straight line through points that is nearest to them (least squares). */
  static double slope(List<LinePlot.Point> points) {
    double meanX = points.stream().mapToDouble(LinePlot.Point::x).average().orElse(0);
    double meanY = points.stream().mapToDouble(LinePlot.Point::y).average().orElse(0);
    double covariance = 0;
    double variance = 0;
    for (LinePlot.Point point : points) {
      covariance += (point.x() - meanX) * (point.y() - meanY);
      variance += (point.x() - meanX) * (point.x() - meanX);
    }
    return covariance / variance;
  }
}
