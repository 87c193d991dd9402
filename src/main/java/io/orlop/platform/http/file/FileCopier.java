package io.orlop.platform.http.file;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends files by {@link CopiedRegion} instead of {@code sendfile}. */
@Sharable
final class FileCopier extends ChannelOutboundHandlerAdapter {
  static final FileCopier INSTANCE = new FileCopier();

  private static final Logger LOG = Logger.getLogger(FileCopier.class);

  /** Netty has no way to ask for it; its own native transport reads this field, too. */
  private static final @Nullable VarHandle FILE = file();

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (FILE != null
        && message instanceof DefaultFileRegion region
        && FILE.get(region) instanceof FileChannel file) {
      var _ = context.write(new CopiedRegion(region, file), promise);
    } else {
      var _ = context.write(message, promise);
    }
  }

  private static @Nullable VarHandle file() {
    try {
      return MethodHandles.privateLookupIn(DefaultFileRegion.class, MethodHandles.lookup())
          .findVarHandle(DefaultFileRegion.class, "file", FileChannel.class);
    } catch (ReflectiveOperationException e) {
      LOG.warn("Files are sent by sendfile: this Netty keeps the file of a region elsewhere", e);
      return null;
    }
  }
}
