/** Prepares what the container image consists of, and finds the JDK for it. */
package io.vpcep.operator.image;
