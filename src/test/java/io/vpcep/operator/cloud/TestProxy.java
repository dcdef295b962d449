package io.vpcep.operator.cloud;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that leads every tunnel to one port of this machine, and keeps what it is sent. */
final class TestProxy implements AutoCloseable {
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int target;
  private final String refusal;

  /**
   * @param refusal status line and headers to refuse with, or null
   */
  TestProxy(int target, String refusal) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.target = target;
    this.refusal = refusal;
    threads.submit(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private Void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      threads.submit(() -> serve(client));
    }
    return null;
  }

  private Void serve(Socket client) throws IOException {
    try (client) {
      String head = head(client.getInputStream());
      while (!head.isEmpty()) {
        requests.add(head);
        if (refusal == null) {
          tunnel(client);
          return null;
        }
        client.getOutputStream().write((refusal + "\r\n\r\n").getBytes(ISO_8859_1));
        head = head(client.getInputStream());
      }
    }
    return null;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0 && head.indexOf("\r\n\r\n") < 0; b = in.read()) {
      head.append((char) b);
      if (head.indexOf("\r\n\r\n") >= 0) {
        break;
      }
    }
    return head.toString();
  }

  private void tunnel(Socket client) throws IOException {
    try (Socket upstream = new Socket(InetAddress.getByName("127.0.0.1"), target)) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
      threads.submit(() -> copy(upstream.getInputStream(), client.getOutputStream()));
      copy(client.getInputStream(), upstream.getOutputStream());
    }
  }

  private static Void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
