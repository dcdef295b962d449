package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Credentials;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Prune;
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

  VpcEndpointProjectSpec spec() {
    return new VpcEndpointProjectSpec(
        "https://cloud.example.com",
        projectId,
        secret == null ? null : new Credentials(new SecretReference(secret), null, null, null),
        authorities == null ? null : new Tls(new SecretReference(authorities)),
        interval,
        fastInterval,
        "30s",
        suspend,
        null,
        afterMisses == null ? null : new Prune(null, afterMisses, null),
        staleAfter);
  }
}
