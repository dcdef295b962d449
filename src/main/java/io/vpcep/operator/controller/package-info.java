/**
 * Drives the syncs: the JOSDK reconciler of VpcEndpointProject, its schedule, its conditions and
 * events. What to do is decided by pure functions of a project, what is remembered of it, and the
 * time; the reconciler itself is a thin shell around {@code ProjectCycle}.
 */
package io.vpcep.operator.controller;
