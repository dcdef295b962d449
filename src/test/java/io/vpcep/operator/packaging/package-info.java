/** Tests of what users install: the manifests of {@code deploy} and the Helm chart. */
package io.vpcep.operator.packaging;
