package io.vpcep.operator.simulator;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps from a request to its outcome, which know nothing of connections: find the path,
 * authenticate, find the project, validate the query, then select and render, or fail as the fault
 * of the project says.
 */
final class QueryApi {
  private static final Pattern PATH = Pattern.compile("/v1/([^/]+)/vpc-endpoint-services");
  private static final Pattern PROJECT_ID = Pattern.compile("[0-9a-fA-F]{32}");

  private final Map<String, Project> projects;
  private final Authentication authentication;

  QueryApi(Map<String, Project> projects, Authentication authentication) {
    this.projects = projects;
    this.authentication = authentication;
  }

  /**
   * A request.
   *
   * @param method such as {@code GET}
   * @param path still encoded
   * @param query still encoded; null: none
   * @param token its {@code X-Auth-Token}; null: none
   */
  record Request(String method, String path, String query, String token) {}

  Outcome outcome(Request request) {
    try {
      String projectId = route(request);
      count(projectId);
      authentication.check(request.token());
      Project project = find(projectId);
      return FaultyAnswers.listing(project, Query.parse(request.query()));
    } catch (ApiError error) {
      Answer answer = Answer.of(error);
      return error.httpStatus() == 405 ? answer.with("Allow", "GET") : answer;
    }
  }

  private static String route(Request request) throws ApiError {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw ApiError.unknownPath();
    }
    if (!request.method().equals("GET")) {
      throw ApiError.wrongMethod();
    }
    return path.group(1);
  }

  /** Refused requests count too: they are what a client that should be backing off would send. */
  private void count(String projectId) {
    Project project = projects.get(projectId);
    if (project != null) {
      project.countRequest();
    }
  }

  private Project find(String projectId) throws ApiError {
    if (!PROJECT_ID.matcher(projectId).matches()) {
      throw ApiError.invalidProjectId();
    }
    Project project = projects.get(projectId);
    if (project == null) {
      throw ApiError.unknownProject();
    }
    return project;
  }
}
