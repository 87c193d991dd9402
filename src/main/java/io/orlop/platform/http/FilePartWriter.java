package io.orlop.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes parts of files by {@link FileSender}, in place of the framework's own writer. */
@Provider
@Priority(Priorities.USER - 1)
class FilePartWriter implements ServerMessageBodyWriter<PathPart> {
  private final FileSender sender;

  FilePartWriter(FileSender sender) {
    this.sender = sender;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return PathPart.class.isAssignableFrom(type);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return PathPart.class.isAssignableFrom(type);
  }

  @Override
  public void writeResponse(PathPart part, Type genericType, ServerRequestContext context)
      throws WebApplicationException {
    context
        .serverResponse()
        .setResponseHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(part.count));
    var inner = ((ResteasyReactiveRequestContext) context).serverRequest();
    var _ = sender.send(inner.unwrap(HttpServerRequest.class), part.file, part.offset, part.count);
  }

  @Override
  public void writeTo(
      PathPart part,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream output) {
    throw new IllegalStateException("Only for the server");
  }
}
