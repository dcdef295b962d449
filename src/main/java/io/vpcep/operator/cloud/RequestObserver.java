package io.vpcep.operator.cloud;

/** Told about each request to a query API, for metrics. Called on any thread; must not block. */
public interface RequestObserver {

  /** Watches nothing. */
  RequestObserver NONE =
      new RequestObserver() {
        @Override
        public void answered(String host, int status) {}

        @Override
        public void unanswered(String host) {}

        @Override
        public void throttled(String host) {}

        @Override
        public void waited(String host) {}

        @Override
        public void budget(String host, double requestsPerSecond, int waiting) {}
      };

  /**
   * A cloud answered a request.
   *
   * @param host of the endpoint, without a port
   * @param status of HTTP
   */
  void answered(String host, int status);

  /** No status arrived: not connected, cut or timed out. */
  void unanswered(String host);

  /** The cloud refused a request because of too many: 429, or 400 with {@code EndPoint.0022}. */
  void throttled(String host);

  /** A request to a cloud could not be made at once: others had to go first. */
  void waited(String host);

  /**
   * How the accounts of a host stand.
   *
   * @param requestsPerSecond that the slowest of them may make
   * @param waiting listings and pages that wait, of all of them
   */
  void budget(String host, double requestsPerSecond, int waiting);
}
