package io.vpcep.operator.reliability;

import io.vpcep.operator.reliability.FaultProxy.Upstream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** One connection of a client to a {@link FaultProxy}, and its connection to the server. */
final class ProxyConnection implements Runnable {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String WEB_SOCKET_KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String EXPIRED =
      "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
          + "\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}}";

  private final FaultProxy proxy;
  private final Upstream upstream;
  private final Socket client;
  private Socket server;
  private InputStream fromServer;
  private volatile boolean tunnel;
  private volatile boolean silent;

  ProxyConnection(FaultProxy proxy, Upstream upstream, Socket client) {
    this.proxy = proxy;
    this.upstream = upstream;
    this.client = client;
  }

  boolean isTunnel() {
    return tunnel;
  }

  void silence() {
    silent = tunnel;
  }

  /** Ends it towards the client; what the server was asked it still does. */
  void cut() {
    close(client);
  }

  @Override
  public void run() {
    try {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      Optional<HttpHead> head = HttpHead.read(in);
      while (head.isPresent() && serve(head.get(), in, out)) {
        head = HttpHead.read(in);
      }
    } catch (IOException e) {
      // One of the two sides is gone: so is the connection.
      return;
    } finally {
      close(client);
      close(server);
      proxy.closed(this);
    }
  }

  /** True when the connection can be used for another request. */
  private boolean serve(HttpHead head, InputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    head.copyBody(in, body);
    ApiRequest request = new ApiRequest(head.part(0), head.part(1));
    Reaction reaction = proxy.decide(request);
    if (reaction instanceof Reaction.CutBefore) {
      return false;
    }
    if (reaction instanceof Reaction.Refuse refusal) {
      out.write(answer(refusal));
      return true;
    }
    if (reaction instanceof Reaction.Expire) {
      out.write(expired(head));
      // The client closes a watch that ended so.
      in.transferTo(OutputStream.nullOutputStream());
      return false;
    }
    HttpHead answer = ask(request, head, body.toByteArray());
    if (reaction instanceof Reaction.CutOffAfter) {
      proxy.cutOff();
    }
    if (reaction instanceof Reaction.CutAfter || proxy.isCutOff()) {
      return false;
    }
    if (reaction instanceof Reaction.CutHalfway) {
      writeHalf(answer, out);
      return false;
    }
    out.write(answer.bytes());
    if (answer.status() == SWITCHING_PROTOCOLS) {
      tunnel(in, out);
      return false;
    }
    if (head.part(0).equals("HEAD")) {
      out.flush();
    } else {
      answer.copyBody(fromServer, out);
    }
    return true;
  }

  private HttpHead ask(ApiRequest request, HttpHead head, byte[] body) throws IOException {
    proxy.began();
    try {
      if (server == null) {
        server = upstream.connect();
        server.setTcpNoDelay(true);
        fromServer = new BufferedInputStream(server.getInputStream());
      }
      OutputStream out = server.getOutputStream();
      out.write(head.with(upstream.headers()).bytes());
      out.write(body);
      out.flush();
      HttpHead answer =
          HttpHead.read(fromServer).orElseThrow(() -> new EOFException("no answer to " + request));
      proxy.answered(request, answer.status());
      return answer;
    } finally {
      proxy.ended();
    }
  }

  private void writeHalf(HttpHead answer, OutputStream out) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    answer.copyBody(fromServer, body);
    out.write(answer.bytes());
    out.write(body.toByteArray(), 0, body.size() / 2);
    out.flush();
  }

  private static byte[] answer(Reaction.Refuse refusal) {
    String body =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"%s\",\"code\":%d}"
            .formatted(refusal.message(), refusal.status());
    List<String> headers =
        List.of("Content-Type: application/json", "Content-Length: " + body.length());
    HttpHead head = new HttpHead("HTTP/1.1 " + refusal.status() + " Refused", headers);
    if (refusal.retryAfter() != null) {
      head = head.with(List.of("Retry-After: " + refusal.retryAfter()));
    }
    return concat(head.bytes(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The handshake of RFC 6455, 4.2.2, and one text frame. */
  private static byte[] expired(HttpHead head) {
    try {
      byte[] key =
          (head.header("Sec-WebSocket-Key").orElseThrow() + WEB_SOCKET_KEY)
              .getBytes(StandardCharsets.US_ASCII);
      String accept =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(key));
      HttpHead handshake =
          new HttpHead(
              "HTTP/1.1 101 Switching Protocols",
              List.of(
                  "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: " + accept));
      byte[] text = EXPIRED.getBytes(StandardCharsets.US_ASCII);
      byte[] frame = {(byte) 0x81, 126, (byte) (text.length >> 8), (byte) text.length};
      return concat(handshake.bytes(), concat(frame, text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  /** Copies both ways until one side ends. */
  private void tunnel(InputStream in, OutputStream out) throws IOException {
    tunnel = true;
    OutputStream toServer = server.getOutputStream();
    FaultProxy.daemon(
        () -> {
          try {
            in.transferTo(toServer);
          } catch (IOException e) {
            // The watch ends as a whole, below.
          }
          close(server);
        },
        "proxy-watch");
    byte[] buffer = new byte[8192];
    for (int count = fromServer.read(buffer); count >= 0; count = fromServer.read(buffer)) {
      if (!silent) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }
  }

  private static void close(Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
