package io.vpcep.operator.controller;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/**
 * A watch of the mock server that ends on a thread of its own: the server's waits, on the thread
 * that sends, until everything was sent, and so for itself.
 */
final class WatchClosedAside extends WebSocketListener {
  private final WebSocketListener watch;

  WatchClosedAside(WebSocketListener watch) {
    this.watch = watch;
  }

  @Override
  public void onBeforeAccept(WebSocket socket, Response response) {
    watch.onBeforeAccept(socket, response);
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    watch.onOpen(socket, response);
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    watch.onClosing(socket, code, reason);
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    aside(() -> watch.onClosed(socket, code, reason));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable problem, Response response) {
    aside(() -> watch.onFailure(socket, problem, response));
  }

  private static void aside(Runnable end) {
    Thread thread = new Thread(end, "watch-end");
    thread.setDaemon(true);
    thread.start();
  }
}
