package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The platform's certificate authorities and further ones, all trusted alike.
 *
 * @param manager decides whom to trust
 * @param sockets that ask it
 */
record TrustedCertificates(X509TrustManager manager, SSLSocketFactory sockets) {

  /**
   * Adds to the platform's authorities.
   *
   * @param pem one or more certificates
   * @throws SyncFailure SECRET_INVALID when it holds no certificate, or something else
   */
  static TrustedCertificates platformAnd(String pem) throws SyncFailure {
    Collection<? extends Certificate> extra = parse(pem);
    try {
      List<Certificate> all = new ArrayList<>(extra);
      all.addAll(Arrays.asList(managerOf(null).getAcceptedIssuers()));
      X509TrustManager manager = managerOf(keyStore(all));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new TrustedCertificates(manager, context.getSocketFactory());
    } catch (GeneralSecurityException | IOException e) {
      throw invalid("ca.crt holds certificates that cannot be used", e);
    }
  }

  private static Collection<? extends Certificate> parse(String pem) throws SyncFailure {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      if (certificates.isEmpty()) {
        throw invalid("ca.crt holds no PEM certificate", null);
      }
      return certificates;
    } catch (CertificateException e) {
      throw invalid("ca.crt holds something that is no PEM certificate", e);
    }
  }

  private static KeyStore keyStore(List<Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca-" + i, certificates.get(i));
    }
    return store;
  }

  /** For null: the platform's own. */
  private static X509TrustManager managerOf(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("the platform has no X.509 trust manager");
  }

  private static SyncFailure invalid(String message, Exception cause) {
    return new SyncFailure(FailureReason.SECRET_INVALID, message, null, cause);
  }
}
