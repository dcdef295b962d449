package io.vpcep.operator.cloud;

/** Told about each request to a query API, for metrics. Called on any thread; must not block. */
public interface RequestObserver {

  /** Watches nothing. */
  RequestObserver NONE =
      new RequestObserver() {
        @Override
        public void answered(String host, String code) {}

        @Override
        public void throttled(String host) {}
      };

  /**
   * A request ended.
   *
   * @param host of the endpoint, without a port
   * @param code the HTTP status in decimal digits, or {@code error} when no status arrived
   */
  void answered(String host, String code);

  /** The cloud refused a request because of too many: 429, or 400 with {@code EndPoint.0022}. */
  void throttled(String host);
}
