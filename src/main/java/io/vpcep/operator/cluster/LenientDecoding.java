package io.vpcep.operator.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a spec or status of a VpcEndpointProject that has another shape than the shipped definition
 * count as missing. One such object would otherwise make every list of projects fail, and so end
 * the service of all others.
 */
final class LenientDecoding extends SimpleModule {
  private static final long serialVersionUID = 1;
  private static final Logger log = LoggerFactory.getLogger(LenientDecoding.class);
  private static final Set<Class<?>> LENIENT =
      Set.of(VpcEndpointProjectSpec.class, VpcEndpointProjectStatus.class);

  private LenientDecoding() {
    setMixInAnnotation(ObjectMeta.class, WithoutManagedFields.class);
    setDeserializerModifier(
        new BeanDeserializerModifier() {
          private static final long serialVersionUID = 1;

          @Override
          public JsonDeserializer<?> modifyDeserializer(
              DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> strict) {
            return LENIENT.contains(bean.getBeanClass()) ? new NullOnMismatch(strict) : strict;
          }
        });
  }

  /**
   * What a client reads and writes resources with. To look for the classes of all the kinds that
   * Kubernetes has would load hundreds of them; but for the end of a watch, which is a Status, each
   * request says which class it wants.
   */
  static KubernetesSerialization serialization() {
    KubernetesSerialization serialization =
        new KubernetesSerialization(
            new ObjectMapper().registerModule(new LenientDecoding()), false);
    serialization.registerKubernetesResource(Status.class);
    return serialization;
  }

  /**
   * Who owns which field is the larger part of what is answered, and nothing here reads it. An
   * update that leaves it out changes nothing of it (Kubernetes documentation, server-side apply).
   */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  private static final class NullOnMismatch extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    NullOnMismatch(JsonDeserializer<?> strict) {
      super(strict);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> strict) {
      return new NullOnMismatch(strict);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      // A copy: half of it may be read when the mismatch shows, and the rest is to be skipped.
      TokenBuffer value = context.bufferAsCopyOfValue(parser);
      try (JsonParser copy = value.asParserOnFirstToken()) {
        return super.deserialize(copy, context);
      } catch (JsonMappingException e) {
        log.atWarn()
            .addKeyValue("problem", e.getOriginalMessage())
            .log("Part of a VpcEndpointProject does not have the shape of the shipped definition");
        return null;
      }
    }
  }
}
