package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PublicAddressesTest {
  private static final byte[][] PREFIXES = {
    {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff},
    {0x20, 0x02},
  };

  @Property
  void judgesAnAddressWithinAnAddressAlike(@ForAll @Size(4) byte[] v4) throws Exception {
    // Given
    boolean expected = PublicAddresses.contains(InetAddress.getByAddress(v4));

    // Then
    for (byte[] prefix : PREFIXES) {
      byte[] v6 = new byte[16];
      System.arraycopy(prefix, 0, v6, 0, prefix.length);
      System.arraycopy(v4, 0, v6, prefix.length, 4);
      assertThat(PublicAddresses.contains(InetAddress.getByAddress(v6))).isEqualTo(expected);
    }
  }

  @Test
  void countsOrdinaryAddressesAsPublic() throws Exception {
    assertThat(PublicAddresses.contains(InetAddress.getByName("2606:4700::1111"))).isTrue();
    assertThat(PublicAddresses.contains(InetAddress.getByName("80.158.0.1"))).isTrue();
  }
}
