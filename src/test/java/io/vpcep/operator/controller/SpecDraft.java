package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Credentials;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Prune;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.PrunePolicy;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Query;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.SecretReference;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Tls;

/** A valid spec to be varied: a listing a minute. */
final class SpecDraft {
  private String projectId = "p1";
  private String interval = "1m";
  private String fastInterval;
  private String staleAfter = "30m";
  private Boolean suspend;
  private String secret;
  private String authorities;
  private Integer afterMisses;
  private String endpoint = "https://cloud.example.com";
  private Query query;
  private PrunePolicy prunePolicy;

  SpecDraft projectId(String value) {
    projectId = value;
    return this;
  }

  SpecDraft interval(String value) {
    interval = value;
    return this;
  }

  SpecDraft fastInterval(String value) {
    fastInterval = value;
    return this;
  }

  SpecDraft staleAfter(String value) {
    staleAfter = value;
    return this;
  }

  SpecDraft suspend(boolean value) {
    suspend = value;
    return this;
  }

  SpecDraft secret(String value) {
    secret = value;
    return this;
  }

  SpecDraft authorities(String value) {
    authorities = value;
    return this;
  }

  SpecDraft afterMisses(int value) {
    afterMisses = value;
    return this;
  }

  SpecDraft endpoint(String value) {
    endpoint = value;
    return this;
  }

  /** Lists only services of this status. */
  SpecDraft status(String value) {
    query = new Query(null, null, value, null, null, null);
    return this;
  }

  SpecDraft orphan() {
    prunePolicy = PrunePolicy.Orphan;
    return this;
  }

  VpcEndpointProjectSpec spec() {
    return new VpcEndpointProjectSpec(
        endpoint,
        projectId,
        secret == null ? null : new Credentials(new SecretReference(secret), null, null, null),
        authorities == null ? null : new Tls(new SecretReference(authorities)),
        interval,
        fastInterval,
        "30s",
        suspend,
        query,
        afterMisses == null && prunePolicy == null
            ? null
            : new Prune(prunePolicy, afterMisses, null),
        staleAfter);
  }
}
