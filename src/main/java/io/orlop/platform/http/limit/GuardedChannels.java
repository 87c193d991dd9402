package io.orlop.platform.http.limit;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/**
 * Where Netty shows each connection that a server of this process accepts, before anything else
 * knows of it. Netty makes this object itself when {@link #EXTENSIONS_SYSTEM_PROPERTY} says so.
 */
public final class GuardedChannels extends ChannelInitializerExtension {
  /** Makes it. */
  public GuardedChannels() {}

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    ArcContainer container = Arc.container();
    if (container != null && container.isRunning()) {
      container.instance(Connections.class).get().guard(channel);
    }
  }
}
