package io.orlop.platform.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON body, without a word about our own classes. */
final class JsonFailures {
  private JsonFailures() {}

  static RegistryException translate(JsonProcessingException failure) {
    if (failure instanceof JsonMappingException mapping
        && mapping.getCause() instanceof InputCoercionException
        && !mapping.getPath().isEmpty()) {
      return ErrorCode.UNPROCESSABLE_ENTITY.exception(member(mapping) + " in body is out of range");
    }
    return failure instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()
        ? ErrorCode.UNPROCESSABLE_ENTITY.exception(
            "%s in body must be %s".formatted(member(mismatch), expected(mismatch.getTargetType())))
        : ErrorCode.BAD_REQUEST.exception("the body is not the JSON expected" + where(failure));
  }

  private static String where(JsonProcessingException failure) {
    JsonLocation location = failure.getLocation();
    return location == null
        ? ""
        : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String member(JsonMappingException mismatch) {
    return mismatch.getPath().stream().map(JsonFailures::step).collect(Collectors.joining("."));
  }

  private static String step(JsonMappingException.Reference reference) {
    return reference.getFieldName() == null
        ? String.valueOf(reference.getIndex())
        : reference.getFieldName();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
