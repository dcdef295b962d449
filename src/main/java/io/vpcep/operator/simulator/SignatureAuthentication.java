package io.vpcep.operator.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets requests pass that are signed with the one key pair, less than 15 minutes ago and for the
 * project that they ask for. Five failures in a row lock the pair for five minutes.
 */
final class SignatureAuthentication implements Authentication {
  private static final String DATE = "x-sdk-date";
  private static final String PROJECT_ID = "x-project-id";
  private static final String SECURITY_TOKEN = "x-security-token";
  private static final Duration MOST_SKEW = Duration.ofMinutes(15);
  private static final Duration LOCKED = Duration.ofMinutes(5);
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern CLAIM =
      Pattern.compile(
          Signature.ALGORITHM
              + " Access=([^,\\s]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  private final Access.KeyPair key;
  private final InstantSource clock;
  private final Lockout lockout;

  SignatureAuthentication(Access.KeyPair key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
    this.lockout = new Lockout(LOCKED, clock);
  }

  /** What the header {@code Authorization} claims. */
  private record Claim(String accessKey, List<String> signedHeaders, String signature) {
    static Claim of(Request request) throws ApiError {
      Matcher form = CLAIM.matcher(request.header("Authorization").orElse(""));
      if (!form.matches()) {
        throw ApiError.wrongSignature("Authorization is not of the form of " + Signature.ALGORITHM);
      }
      return new Claim(form.group(1), List.of(form.group(2).split(";")), form.group(3));
    }
  }

  @Override
  public void check(Request request, String projectId) throws ApiError {
    Claim claim = Claim.of(request);
    if (!claim.accessKey().equals(key.accessKey())) {
      throw ApiError.wrongSignature(
          "Get secretKey failed,ak:" + claim.accessKey() + ",err:ak not exist");
    }
    if (lockout.isLocked()) {
      throw ApiError.wrongSignature("AK access failed to reach the limit,forbidden.");
    }
    try {
      verify(claim, request, projectId);
      lockout.note(true);
    } catch (ApiError refused) {
      lockout.note(false);
      throw refused;
    }
  }

  private void verify(Claim claim, Request request, String projectId) throws ApiError {
    String canonical = canonical(claim, request);
    expect(isSigned(claim, request), "a header is not signed", canonical);
    String date = request.header(DATE).orElse("");
    expect(isCurrent(date), "signature expired", canonical);
    expect(
        request.header(PROJECT_ID).orElse("").equals(projectId),
        "X-Project-Id is not the project of the path",
        canonical);
    expect(
        request.header(SECURITY_TOKEN).equals(key.securityToken()),
        "X-Security-Token is not that of the key",
        canonical);
    String signature = Signature.of(canonical, date, key.secretKey());
    expect(
        Authentication.same(signature, claim.signature()), "verify aksk signature fail", canonical);
  }

  private static String canonical(Claim claim, Request request) throws ApiError {
    try {
      return Signature.canonicalRequest(request, claim.signedHeaders());
    } catch (IllegalArgumentException undecodable) {
      throw ApiError.invalidRequest();
    }
  }

  private static boolean isSigned(Claim claim, Request request) {
    return claim.signedHeaders().containsAll(List.of("host", DATE, PROJECT_ID))
        && (request.header(SECURITY_TOKEN).isEmpty()
            || claim.signedHeaders().contains(SECURITY_TOKEN));
  }

  private boolean isCurrent(String date) {
    try {
      Duration skew = Duration.between(FORM.parse(date, Instant::from), clock.instant());
      return skew.abs().compareTo(MOST_SKEW) <= 0;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  /** The message repeats the request, secrets included, with bars for line feeds: clouds do. */
  private static void expect(boolean holds, String otherwise, String canonical) throws ApiError {
    if (!holds) {
      throw ApiError.wrongSignature(
          otherwise + ", canonicalRequest:" + canonical.replace('\n', '|'));
    }
  }
}
