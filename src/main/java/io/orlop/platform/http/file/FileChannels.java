package io.orlop.platform.http.file;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/** Where Netty shows each connection that a server of this process accepts. */
public final class FileChannels extends ChannelInitializerExtension {
  /** Made by Netty. */
  public FileChannels() {}

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    channel.pipeline().addFirst(FileCopier.INSTANCE);
  }
}
