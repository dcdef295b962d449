package io.vpcep.operator.simulator;

/**
 * A request that the API refuses. Codes and messages are those of public documentation of clouds
 * that run this API. A message repeats nothing that the request said, which may be a secret, but
 * for {@link #wrongSignature}: there clouds do just that, and clients have to cope.
 */
final class ApiError extends Exception {
  private final int httpStatus;
  private final String code;

  private ApiError(int httpStatus, String code, String message) {
    super(message, null, false, false);
    this.httpStatus = httpStatus;
    this.code = code;
  }

  int httpStatus() {
    return httpStatus;
  }

  String code() {
    return code;
  }

  /** Whether it is from the gateway in front of the service. */
  boolean isOfGateway() {
    return code.startsWith("APIGW.");
  }

  static ApiError invalidRequest() {
    return new ApiError(400, "EndPoint.0002", "Invalid request parameters.");
  }

  static ApiError unauthenticated() {
    return new ApiError(401, "EndPoint.0003", "Authentication failed: X-Auth-Token is not valid.");
  }

  static ApiError unknownProject() {
    return new ApiError(404, "EndPoint.0005", "The project does not exist.");
  }

  static ApiError invalidLimit() {
    return new ApiError(400, "EndPoint.0006", "Invalid limit: a number from 0 to 1000.");
  }

  static ApiError invalidOffset() {
    return new ApiError(
        400,
        "EndPoint.0010",
        "Invalid offset: greater than 0 and less than the number of matching services.");
  }

  static ApiError invalidProjectId() {
    return new ApiError(400, "EndPoint.0014", "Invalid project ID: 32 hexadecimal digits.");
  }

  static ApiError invalidSortKey() {
    return new ApiError(400, "EndPoint.0017", "Invalid sort_key: created_at or updated_at.");
  }

  static ApiError invalidSortDir() {
    return new ApiError(400, "EndPoint.0018", "Invalid sort_dir: asc or desc.");
  }

  static ApiError invalidStatus() {
    return new ApiError(
        400, "EndPoint.0019", "Invalid status: creating, available, failed or deleting.");
  }

  static ApiError unknownPath() {
    return new ApiError(404, "APIGW.0101", "The API does not exist or has not been published.");
  }

  static ApiError wrongSignature(String why) {
    return new ApiError(401, "APIGW.0301", "Incorrect IAM authentication information: " + why);
  }

  static ApiError throttled(Throttle limit) {
    return new ApiError(
        429,
        "APIGW.0308",
        "The throttling threshold has been reached: policy user over ratelimit," + limit.text());
  }

  static ApiError forbidden() {
    return new ApiError(
        403, "EndPoint.0004", "Policy doesn't allow vpcep:epservices:list to be performed.");
  }

  static ApiError internal() {
    return new ApiError(500, "EndPoint.0001", "Internal error.");
  }

  static ApiError wrongMethod() {
    return new ApiError(405, "APIGW.0101", "The API is read with GET only.");
  }
}
