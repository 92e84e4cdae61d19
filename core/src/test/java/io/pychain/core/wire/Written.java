package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.LogId;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Position;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/// Writes a frame down for people: one line a field, nested ones indented.
final class Written {
  private final StringBuilder text = new StringBuilder();

  private Written() {}

  static String of(Record value) {
    Written written = new Written();
    written.add("", value.getClass().getSimpleName(), value);
    return written.text.toString().stripTrailing();
  }

  private void add(String indent, String name, Object value) {
    switch (value) {
      case Optional<?> optional ->
          optional.ifPresentOrElse(
              present -> add(indent, name, present), () -> line(indent, name, "none"));
      case List<?> list when list.isEmpty() -> line(indent, name, "none");
      case List<?> list -> list.forEach(element -> add(indent, name, element));
      case Sealed sealed -> line(indent, name, sealed.length() + " bytes");
      case Bytes bytes -> line(indent, name, readable(bytes));
      case LogId log -> line(indent, name, log.toString());
      case Position position -> line(indent, name, position.toString());
      case ProtocolRange range -> line(indent, name, range.toString());
      case Record record when isWrapper(record) ->
          add(indent, name, component(record, record.getClass().getRecordComponents()[0]));
      case Record record -> addRecord(indent, name, record);
      default -> line(indent, name, value.toString());
    }
  }

  private void addRecord(String indent, String name, Record record) {
    text.append(indent).append(name).append('\n');
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = component(record, component);
      if (!isLater(component) || !value.equals(Optional.empty())) {
        add(indent + "  ", component.getName(), value);
      }
    }
  }

  /// What came after the first vectors were written down is left out where it is empty.
  private static boolean isLater(RecordComponent component) {
    return List.of("invite", "delegation", "expires").contains(component.getName());
  }

  private void line(String indent, String name, String value) {
    text.append((indent + name + " " + value).stripTrailing()).append('\n');
  }

  private static boolean isWrapper(Record record) {
    return record.getClass().getRecordComponents().length == 1
        && record.getClass().getEnclosingClass() == null;
  }

  private static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(impossible.getMessage(), impossible);
    }
  }

  private static String readable(Bytes bytes) {
    String ascii = bytes.utf8();
    boolean printable = !ascii.isEmpty() && ascii.chars().allMatch(c -> c >= ' ' && c < 127);
    return printable && bytes.length() != 32 ? '"' + ascii + '"' : "x" + bytes.hex();
  }
}
