/**
 * What people and tools see of the running operator beside its resources: health checks, metrics
 * and logs. Of our packages it uses {@code config} only; values come in as text and numbers.
 */
package io.vpcep.operator.ops;
