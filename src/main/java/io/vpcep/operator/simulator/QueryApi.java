package io.vpcep.operator.simulator;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps from a request to its outcome, which know nothing of connections: find the path,
 * authenticate, throttle, find the project, validate the query, then select and render, or fail as
 * the fault of the project says.
 */
final class QueryApi {
  private static final Pattern PATH = Pattern.compile("/v1/([^/]+)/vpc-endpoint-services");
  private static final Pattern PROJECT_ID = Pattern.compile("[0-9a-fA-F]{32}");

  private final Map<String, Project> projects;
  private final Authentication authentication;
  private final Throttling throttling;

  QueryApi(Map<String, Project> projects, Authentication authentication, Throttling throttling) {
    this.projects = projects;
    this.authentication = authentication;
    this.throttling = throttling;
  }

  Outcome outcome(Request request) {
    try {
      String projectId = route(request);
      count(projectId);
      authentication.check(request, projectId);
      throttling.check();
      Project project = find(projectId);
      return FaultyAnswers.listing(project, Query.parse(request.query()), request.id());
    } catch (ApiError error) {
      return answer(error, request);
    }
  }

  private static Answer answer(ApiError error, Request request) {
    Answer answer = Answer.of(error, request.id());
    return error.httpStatus() == 405 ? answer.with("Allow", "GET") : answer;
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
