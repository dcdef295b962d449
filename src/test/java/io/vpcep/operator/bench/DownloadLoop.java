package io.vpcep.operator.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The opponent of a quiet cycle: gets the same pages and looks at every token of their JSON, again
 * and again, and keeps nothing.
 */
final class DownloadLoop {
  private static final int PAGE = 1000;

  private final OkHttpClient http = new OkHttpClient();
  private final JsonFactory json = new JsonFactory();
  private final String listing;
  private final int services;

  private DownloadLoop(String listing, int services) {
    this.listing = listing;
    this.services = services;
  }

  /**
   * Arguments: URL of the listing without a query, number of services, listings to be warm, and
   * listings that count. Prints milliseconds of processor and of wall time a listing.
   */
  public static void main(String[] args) throws IOException {
    DownloadLoop loop = new DownloadLoop(args[0], Integer.parseInt(args[1]));
    loop.list(Integer.parseInt(args[2]));
    int counted = Integer.parseInt(args[3]);
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    loop.list(counted);
    System.out.println("wall=" + (System.nanoTime() - begin) / 1e6 / counted);
    System.out.println("cpu=" + (cpuNanos() - cpu) / 1e6 / counted);
    System.exit(0);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private void list(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      for (int offset = 0; offset < services; offset += PAGE) {
        page(listing + "?limit=" + PAGE + (offset == 0 ? "" : "&offset=" + offset));
      }
    }
  }

  private void page(String url) throws IOException {
    Request request = new Request.Builder().url(url).build();
    try (Response response = http.newCall(request).execute();
        JsonParser parser = json.createParser(response.body().byteStream())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          // As whoever wants the values must: without this a parser passes over most of the text.
          parser.getTextLength();
        }
      }
    }
  }
}
