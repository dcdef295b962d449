package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointService.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/** Writes services as some cloud does: which of the variants in use, a seed decides. */
final class ServiceJson {
  private final JsonGenerator json;
  private final Random variant;

  private ServiceJson(JsonGenerator json, Random variant) {
    this.json = json;
    this.variant = variant;
  }

  static byte[] page(List<EndpointService> services, long total, long seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      new ServiceJson(json, new Random(seed)).page(services, total);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void page(List<EndpointService> services, long total) throws IOException {
    json.writeStartObject();
    boolean totalFirst = variant.nextBoolean();
    if (totalFirst) {
      number("total_count", total);
    }
    json.writeArrayFieldStart("endpoint_services");
    for (EndpointService service : services) {
      service(service);
    }
    json.writeEndArray();
    if (!totalFirst) {
      number("total_count", total);
    }
    json.writeEndObject();
  }

  private void service(EndpointService service) throws IOException {
    json.writeStartObject();
    unknownField();
    text("id", service.id());
    text("service_name", service.serviceName());
    text("status", service.status());
    number("connection_count", service.connectionCount());
    ports(service);
    errors(service.errors());
    text("server_type", service.serverType());
    text("service_type", service.serviceType());
    bool("approval_enabled", service.approvalEnabled());
    text("vpc_id", service.vpcId());
    text("port_id", service.portId());
    text("vip_port_id", service.vipPortId());
    text("project_id", service.projectId());
    text("tcp_proxy", service.tcpProxy());
    tags(service);
    time("created_at", service.createdAt());
    time(variant.nextBoolean() ? "update_at" : "updated_at", service.updatedAt());
    unknownField();
    text("description", service.description());
    text("domain_id", service.domainId());
    text("pool_id", service.poolId());
    text("public_border_group", service.publicBorderGroup());
    text("ip", service.ip());
    json.writeEndObject();
  }

  private void ports(EndpointService service) throws IOException {
    json.writeArrayFieldStart("ports");
    for (EndpointService.Port port : service.ports()) {
      json.writeStartObject();
      number("client_port", port.clientPort());
      number("server_port", port.serverPort());
      text(
          "protocol",
          port.protocol().equals("TCP") && variant.nextBoolean() ? null : port.protocol());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void tags(EndpointService service) throws IOException {
    json.writeArrayFieldStart("tags");
    for (EndpointService.Tag tag : service.tags()) {
      json.writeStartObject();
      text("key", tag.key());
      text("value", tag.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void errors(List<Failure> errors) throws IOException {
    if (errors.isEmpty() && variant.nextBoolean()) {
      text("error", null);
    } else if (errors.size() == 1 && variant.nextBoolean()) {
      json.writeFieldName("error");
      error(errors.get(0));
    } else {
      json.writeArrayFieldStart("error");
      for (Failure error : errors) {
        error(error);
      }
      json.writeEndArray();
    }
  }

  private void error(Failure error) throws IOException {
    boolean prefixed = variant.nextBoolean();
    json.writeStartObject();
    text(prefixed ? "error_code" : "code", error.code());
    text(prefixed ? "error_message" : "message", error.message());
    json.writeEndObject();
  }

  private void unknownField() throws IOException {
    if (variant.nextBoolean()) {
      json.writeArrayFieldStart("supported_editions");
      json.writeStartObject();
      text("id", "not this one");
      json.writeEndObject();
      json.writeEndArray();
    }
  }

  private void time(String name, String value) throws IOException {
    boolean noZone = value != null && variant.nextBoolean();
    text(name, noZone ? value.substring(0, value.length() - 1) : value);
  }

  private void number(String name, Long value) throws IOException {
    if (value == null || variant.nextBoolean()) {
      text(name, value == null ? null : value.toString());
    } else {
      json.writeNumberField(name, value);
    }
  }

  private void bool(String name, Boolean value) throws IOException {
    if (value == null || variant.nextBoolean()) {
      text(name, value == null ? null : value.toString());
    } else {
      json.writeBooleanField(name, value);
    }
  }

  /** Null is written, or left out. */
  private void text(String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    } else if (variant.nextBoolean()) {
      json.writeNullField(name);
    }
  }
}
