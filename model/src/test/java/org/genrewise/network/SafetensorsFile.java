package org.genrewise.network;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the 32-bit tensors of a trusted safetensors file: header length, JSON header, values. */
final class SafetensorsFile {

  private final Config header;
  private final ByteBuffer values;

  SafetensorsFile(Path path) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[Math.toIntExact(bytes.getLong())];
      bytes.get(json);
      header = ConfigFactory.parseString(new String(json, StandardCharsets.UTF_8));
      values = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Long> shape(String name) {
    return header.getLongList('"' + name + "\".shape");
  }

  float[] floats(String name) {
    List<Integer> range = header.getIntList('"' + name + "\".data_offsets");
    float[] floats = new float[(range.get(1) - range.get(0)) / Float.BYTES];
    values
        .slice(range.get(0), range.get(1) - range.get(0))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(floats);
    return floats;
  }
}
