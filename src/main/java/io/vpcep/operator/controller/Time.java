package io.vpcep.operator.controller;

import java.time.InstantSource;

/** The ports to time and chance; JOSDK's timer is the third, and only ever told a duration. */
public record Time(InstantSource clock, Jitter jitter) {}
