package io.orlop.platform.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ConnectionGuardTest {
  private static final long NOTHING_PLANNED = -1;

  @Inject Connections connections;

  @Test
  void nothingHoldsAConnectionThatIsClosed() {
    EmbeddedChannel channel = new Peer(new ConnectionGuard(connections));
    assertThat(channel.runScheduledPendingTasks()).isPositive();
    channel.pipeline().fireChannelInactive();
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_PLANNED);
  }

  /** A connection from elsewhere. */
  private static final class Peer extends EmbeddedChannel {
    Peer(ChannelHandler handler) {
      super(handler);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress("192.0.2.1", 50_000);
    }
  }
}
