package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** A certificate authority that nobody knows, made by the JDK's keytool. */
final class TestAuthority {
  private static final String PASSWORD = "changeit";

  private final Path dir;
  private final String name;

  private TestAuthority(Path dir, String name) {
    this.dir = dir;
    this.name = name;
  }

  static TestAuthority create(Path dir, String name) throws Exception {
    TestAuthority authority = new TestAuthority(dir, name);
    authority.keytool(
        "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:c");
    return authority;
  }

  String pem() throws Exception {
    Certificate certificate = keys().getCertificate("ca");
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /**
   * What a server for {@code localhost} or {@code cloud.example} needs.
   *
   * @param validFrom of its certificate, which is valid for 30 days, such as {@code -1d}
   */
  SSLSocketFactory server(String validFrom) throws Exception {
    String alias = "server" + validFrom;
    String request = dir.resolve(name + alias + ".csr").toString();
    Path signed = dir.resolve(name + alias + ".crt");
    keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=server");
    keytool("-certreq", "-alias", alias, "-file", request);
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        request,
        "-outfile",
        signed.toString(),
        "-ext",
        "san=dns:localhost,dns:cloud.example",
        "-startdate",
        validFrom,
        "-validity",
        "30");
    return sockets(keys().getKey(alias, PASSWORD.toCharArray()), signed);
  }

  private SSLSocketFactory sockets(Key key, Path signed) throws Exception {
    Certificate certificate;
    try (InputStream in = Files.newInputStream(signed)) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    KeyStore only = KeyStore.getInstance("PKCS12");
    only.load(null, null);
    Certificate[] chain = {certificate, keys().getCertificate("ca")};
    only.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(only, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getSocketFactory();
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
  }

  private Path store() {
    return dir.resolve(name + ".p12");
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as("exit code of keytool").isZero();
  }
}
