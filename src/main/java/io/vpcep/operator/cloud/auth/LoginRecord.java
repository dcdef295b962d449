package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.SyncFailure;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How the logins of users went. The identity service refuses a wrong password and a cloud project
 * that the user has no part in with the same 401: a refusal ends the tries for that project, and
 * some of them in a row those for every project, before they lock the account.
 */
final class LoginRecord {
  private static final int TOLERATED_OF_USER = 2;
  private static final int MOST = 1024;

  private final Refusals ofProject;
  private final Refusals ofUser;
  private final Map<String, Boolean> proven = new RecentlyUsed<>(MOST);

  LoginRecord(LongSupplier nanoTime) {
    ofProject = new Refusals(0, nanoTime);
    ofUser = new Refusals(TOLERATED_OF_USER, nanoTime);
  }

  /**
   * @param user key of a user with a password
   * @param login key of the same for one cloud project
   * @throws SyncFailure an earlier refusal that forbids another try now
   */
  void check(String user, String login) throws SyncFailure {
    ofProject.check(login);
    ofUser.check(user);
  }

  /** True when the last login of the user was fine: then the password is. */
  synchronized boolean isProven(String user) {
    return proven.containsKey(user);
  }

  synchronized void accepted(String user, String login) {
    ofProject.accepted(login);
    ofUser.accepted(user);
    proven.put(user, true);
  }

  synchronized void refused(String user, String login, SyncFailure failure) {
    ofProject.refused(login, failure);
    ofUser.refused(user, failure);
    proven.remove(user);
  }
}
