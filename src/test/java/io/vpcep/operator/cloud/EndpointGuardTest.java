package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGuardTest {
  private static final EndpointRules PUBLIC = new EndpointRules(List.of(), false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vpcep.ae-ad-1.myhuaweicloud.com",
        "https://vpcep.example.com:8443/prefix/",
        "https://93.184.216.34",
        "HTTPS://Vpcep.Example.COM",
        "https://[2606:2800:220:1:248:1893:25c8:1946]",
        "https://[2001:4860:4860::8888]",
        "https://b\u00fccher.example",
        "https://xn--bcher-kva.example",
        "https://vpcep.example.com.",
        "https://vpcep.123.example",
        "https://0x7f.example"
      })
  void allowsPublicHosts(String endpoint) throws Exception {
    assertThat(guard(PUBLIC).check(URI.create(endpoint)).isHttps()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1",
        "https://127.1",
        "https://2130706433",
        "https://0.0.0.0",
        "https://10.1.2.3",
        "https://172.16.0.1",
        "https://172.31.255.255",
        "https://192.168.1.1",
        "https://100.64.0.1",
        "https://100.127.255.255",
        "https://169.254.169.254",
        "https://224.0.0.1",
        "https://255.255.255.255",
        "https://198.18.0.1",
        "https://192.0.0.192",
        "https://[::1]",
        "https://[::]",
        "https://[fe80::1]",
        "https://[fec0::1]",
        "https://[fc00::1]",
        "https://[fd00:ec2::254]",
        "https://[ff02::1]",
        "https://[::ffff:10.0.0.1]",
        "https://[::ffff:a9fe:a9fe]",
        "https://[::10.0.0.1]",
        "https://[64:ff9b::a9fe:a9fe]",
        "https://[64:ff9b:1::1]",
        "https://[2002:a9fe:a9fe::1]",
        "https://[2002:0a00:0001::]",
        "https://[64:ff9b::10.0.0.1]",
        "https://[64:ff9b::192.168.0.1]",
        "https://[::ffff:127.0.0.1]",
        "https://[::ffff:7f00:1]",
        "https://[0:0:0:0:0:ffff:7f00:0001]",
        "https://[2001:0:4136:e378:8000:63bf:f5ff:fffe]",
        "https://[100::1]",
        "https://127.0.0.1.",
        "https://0",
        "https://0.0.0.0.",
        "https://017700000001",
        "https://0177.0.0.1",
        "https://0x7f.0.0.1",
        "https://0x7f000001",
        "https://0X7F.1",
        "https://127.0x0.1",
        "https://10.1",
        "https://169.254.43518",
        "https://2852039166",
        "https://\uff11\uff12\uff17.\uff10.\uff10.\uff11",
        "https://\u2460\u2461\u2466.0.0.1",
        "https://127\u30020\u30020\u30021",
        "https://%31%32%37.0.0.1",
      })
  void refusesAddressesThatAreNotPublic(String endpoint) {
    // When
    SyncFailure failure = refusal(PUBLIC, endpoint);

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
    assertThat(failure).hasMessageContaining("VPCEP_ALLOW_INSECURE_ENDPOINTS");
  }

  @Test
  void refusesNumbersThatAreNoAddress() {
    assertThat(refusal(PUBLIC, "https://1.2.3.4.5").reason())
        .isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "172.15.255.255",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "1.1.1.1"
      })
  void allowsTheNeighboursOfSpecialRanges(String address) throws Exception {
    assertThat(guard(PUBLIC).check(URI.create("https://" + address)).host()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vpcep.example.com",
        "ftp://vpcep.example.com",
        "vpcep.example.com",
        "https://user@vpcep.example.com",
        "https://user:pw@vpcep.example.com",
        "https://vpcep.example.com@169.254.169.254/",
        "https://vpcep.example.com/?a=b",
        "https://vpcep.example.com/?",
        "https://vpcep.example.com/#f",
      })
  void refusesWhatIsNoPlainHttpsUrl(String endpoint) {
    assertThat(refusal(PUBLIC, endpoint).reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
  }

  /** Where one reader of a URL sees another host than the next, neither may have its way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vpcep.example.com\\@127.0.0.1",
        "https://127.0.0.1\\@vpcep.example.com",
        "https:\\\\127.0.0.1",
        "https://vpcep.example.com\t.evil.example",
        "https://vpcep.example.com\n",
        "https://vpcep.example.com\u0000",
        "https://vpcep.example.com/\r\nX-Header: 1",
        "https://vpcep.example.com%00.evil.example",
        "https://vpcep.example.com%0d%0a",
        "https://vpcep.example.com%2f@127.0.0.1",
        "https://vpcep.example.com:443:80",
        "https://vpcep.example.com:99999",
        "https://vpcep.example.com:-1",
        "https://[::1%25lo]",
        "https://[::1",
        "https://::1",
        "https://vpcep..example.com",
        "https://.",
        "https://@",
        "https://vpcep.example.com#@127.0.0.1",
        "https://vpcep.example.com?@127.0.0.1",
      })
  void letsNoAmbiguousUrlThrough(String endpoint) {
    assertThat(catchThrowableOfType(Exception.class, () -> check(endpoint)))
        .isInstanceOfAny(SyncFailure.class, URISyntaxException.class);
  }

  private static void check(String endpoint) throws Exception {
    guard(PUBLIC).check(new URI(endpoint));
  }

  @Test
  void namesTheSettingThatAllowsHttp() {
    assertThat(refusal(PUBLIC, "http://vpcep.example.com"))
        .hasMessageContaining("VPCEP_ALLOW_INSECURE_ENDPOINTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https:///v1", "https:vpcep", "https://a_b..c/"})
  void saysThatAnEndpointIsNoUrl(String endpoint) {
    assertThat(refusal(PUBLIC, endpoint).reason()).isEqualTo(FailureReason.INVALID_SPEC);
  }

  @ParameterizedTest
  @CsvSource({
    "vpcep.*.myhuaweicloud.com, vpcep.ae-ad-1.myhuaweicloud.com, true",
    "VPCEP.*.MyHuaweiCloud.com, vpcep.ae-ad-1.myhuaweicloud.com, true",
    "vpcep.*.myhuaweicloud.com, VPCEP.x.MYHUAWEICLOUD.COM, true",
    "vpcep.*.myhuaweicloud.com, vpcep.x.myhuaweicloud.com., true",
    "vpcep.*.myhuaweicloud.com, vpcep.a.b.myhuaweicloud.com, false",
    "vpcep.*.myhuaweicloud.com, vpcep.myhuaweicloud.com, false",
    "vpcep.*.myhuaweicloud.com, vpcep.x.myhuaweicloud.com.evil.com, false",
    "vpcep.*.myhuaweicloud.com, evilvpcep.x.myhuaweicloud.com, false",
    "*, localhost, true",
    "*, a.b, false",
  })
  void comparesHostsLabelByLabel(String pattern, String host, boolean allowed) throws Exception {
    // Given
    EndpointGuard guard = guard(new EndpointRules(List.of("other.example.com", pattern), false));
    URI endpoint = URI.create("https://" + host);

    // Then
    if (allowed) {
      assertThat(guard.check(endpoint)).isNotNull();
    } else {
      assertThatThrownBy(() -> guard.check(endpoint))
          .isInstanceOf(SyncFailure.class)
          .hasMessageContaining("VPCEP_ALLOWED_ENDPOINTS");
    }
  }

  @Test
  void keepsThePatternsWhereInsecureEndpointsAreAllowed() {
    EndpointRules rules = new EndpointRules(List.of("10.0.0.1"), true);
    assertThat(refusal(rules, "http://10.0.0.2")).hasMessageContaining("VPCEP_ALLOWED_ENDPOINTS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://iam.example.com",
        "https://user@iam.example.com",
        "https://iam.example.com/?x",
        "https://10.0.0.1",
        "https:///v3",
      })
  void namesAnotherField(String endpoint) {
    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class,
            () -> guard(PUBLIC).check("spec.credentials.iamEndpoint", URI.create(endpoint)));

    // Then
    assertThat(failure)
        .hasMessageStartingWith("spec.credentials.iamEndpoint")
        .hasMessageNotContaining("spec.endpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vpcep.ae-ad-1.myhuaweicloud.com",
        "vpcep.eu-west-101.myhuaweicloud.eu",
        "vpcep.eu-de.otc.t-systems.com",
        "vpcep.eu-west-0.prod-cloud-ocb.orange-business.com",
        "VPCEP.EU-NL.OTC.T-SYSTEMS.COM.",
      })
  void showsTheOperatorsCredentialsToKnownClouds(String host) throws Exception {
    guard(PUBLIC).checkForOperator(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.com",
        "93.184.216.34",
        "vpcep.a.b.myhuaweicloud.com",
        "evil.ae-ad-1.myhuaweicloud.com",
        "bucket.obs.ae-ad-1.myhuaweicloud.com",
        "vpcep.ae-ad-1.myhuaweicloud.com.evil.example",
      })
  void showsTheOperatorsCredentialsToNobodyElse(String host) {
    assertThatThrownBy(() -> guard(PUBLIC).checkForOperator(host))
        .isInstanceOf(SyncFailure.class)
        .hasMessageContaining(host, "VPCEP_ALLOWED_ENDPOINTS", "secretRef");
  }

  @Test
  void showsTheOperatorsCredentialsToHostsThatTheOperatorNames() throws Exception {
    guard(new EndpointRules(List.of("vpcep.private.example"), false))
        .checkForOperator("vpcep.private.example");
    guard(EndpointRules.anything()).checkForOperator("127.0.0.1");
  }

  @Test
  void refusesANameWithOneAddressThatIsNotPublic() {
    // Given
    EndpointGuard guard = new EndpointGuard(PUBLIC, answering("93.184.216.34", "169.254.169.254"));

    // When
    AddressRefusedException refused =
        catchThrowableOfType(AddressRefusedException.class, () -> guard.lookup("rebind.example"));

    // Then
    assertThat(refused.failure().reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
    assertThat(refused.failure()).hasMessageContaining("rebind.example", "169.254.169.254");
  }

  @Test
  void looksUpPublicNames() throws Exception {
    EndpointGuard guard = new EndpointGuard(PUBLIC, answering("93.184.216.34"));
    assertThat(guard.lookup("x.example")).hasSize(1);
  }

  @Test
  void looksUpPrivateNamesWhereTheyAreAllowed() throws Exception {
    EndpointGuard guard = new EndpointGuard(EndpointRules.anything(), answering("10.0.0.1"));
    assertThat(guard.lookup("x.example")).hasSize(1);
  }

  private static EndpointGuard guard(EndpointRules rules) {
    return new EndpointGuard(
        rules,
        host -> {
          throw new UnknownHostException("checking a URL looks nothing up");
        });
  }

  private static SyncFailure refusal(EndpointRules rules, String endpoint) {
    SyncFailure failure =
        catchThrowableOfType(SyncFailure.class, () -> guard(rules).check(URI.create(endpoint)));
    assertThat(failure).as("refusal of %s", endpoint).isNotNull();
    return failure;
  }

  private static Dns answering(String... addresses) {
    return host -> {
      InetAddress[] found = new InetAddress[addresses.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = InetAddress.getByName(addresses[i]);
      }
      return List.of(found);
    };
  }
}
