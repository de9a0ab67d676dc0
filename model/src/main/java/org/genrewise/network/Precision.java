package org.genrewise.network;

/** In which precision a network computes. Parameters are 32-bit floats in every case. */
public enum Precision {
  /** 32-bit floats throughout. */
  FLOAT32,
  /** 16 bit */
  FLOAT16
}
