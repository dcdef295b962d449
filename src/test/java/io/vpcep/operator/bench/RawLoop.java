package io.vpcep.operator.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * The opponent of a first sync: creates resources and writes their statuses, and does nothing else.
 * No cloud is asked, nothing is planned or remembered, and the bodies were made before the clock
 * starts.
 */
final class RawLoop {
  /** As many as the operator has for one project. */
  static final int WRITERS = 8;

  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"([^\"]+)\"");

  private final OkHttpClient http;
  private final String server;

  private RawLoop(KubernetesClient client) {
    // Its connection and its certificates, but none of what it puts between.
    OkHttpClient.Builder builder =
        ((OkHttpClientImpl) client.getHttpClient()).getOkHttpClient().newBuilder();
    builder.interceptors().clear();
    builder.networkInterceptors().clear();
    http = builder.build();
    server = client.getMasterUrl().toString();
  }

  /**
   * Arguments: kubeconfig, file of resources, namespace, one to write to before, for nothing but to
   * be warm ({@code -}: none), and {@code watched} where a watch is to show all of it. Prints the
   * seconds.
   */
  public static void main(String[] args) throws Exception {
    Config config = Config.fromKubeconfig(Files.readString(Path.of(args[0])));
    List<ServiceObject> objects = ServiceObject.read(Path.of(args[1]));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      RawLoop loop = new RawLoop(client);
      if (!args[3].equals("-")) {
        loop.write(objects.subList(0, FirstSync.warmUp(objects.size())), args[3]);
      }
      // A create and a status each.
      CountDownLatch events =
          new CountDownLatch(args[4].equals("watched") ? 2 * objects.size() : 0);
      if (events.getCount() > 0) {
        loop.watch(args[2], events);
      }
      long begin = System.nanoTime();
      loop.write(objects, args[2]);
      events.await();
      System.out.println("seconds=" + (System.nanoTime() - begin) / 1e9);
    }
    System.exit(0);
  }

  private String url(String namespace) {
    return server + "apis/vpcep.io/v1alpha1/namespaces/" + namespace + "/vpcendpointservices";
  }

  /** Counts the events of a watch that begins now, and throws away what they say. */
  private void watch(String namespace, CountDownLatch events) throws IOException {
    Request request = new Request.Builder().url(url(namespace) + "?watch=true").build();
    OkHttpClient patient = http.newBuilder().readTimeout(Duration.ZERO).build();
    BufferedSource lines = patient.newCall(request).execute().body().source();
    Thread reader =
        new Thread(
            () -> {
              try {
                while (events.getCount() > 0) {
                  lines.skip(lines.indexOf((byte) '\n') + 1);
                  events.countDown();
                }
              } catch (IOException e) {
                e.printStackTrace();
                System.exit(1);
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  private void write(List<ServiceObject> objects, String namespace)
      throws InterruptedException, ExecutionException {
    String url = url(namespace);
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writes = new ArrayList<>();
      for (ServiceObject object : objects) {
        writes.add(
            writers.submit(
                () -> {
                  write(object, url);
                  return null;
                }));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    } finally {
      writers.shutdown();
    }
  }

  private void write(ServiceObject object, String url) throws IOException {
    String created = send("POST", url, object.created());
    Matcher version = VERSION.matcher(created);
    if (!version.find()) {
      throw new IOException("no resource version in " + created);
    }
    send("PUT", url + "/" + object.name() + "/status", object.status(version.group(1)));
  }

  private String send(String method, String url, byte[] body) throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .method(method, RequestBody.create(body, OkHttpClientImpl.JSON))
            .build();
    try (Response response = http.newCall(request).execute()) {
      String answer = response.body().string();
      if (!response.isSuccessful()) {
        throw new IOException(response.code() + " " + answer);
      }
      return answer;
    }
  }
}
