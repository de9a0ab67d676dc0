package org.genrewise.jobs.label;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What came of each track, as tasks write it before it is published: exactly one row a track, with
 * either a label (and its slices, on request) or a failure.
 */
final class OutcomeTable {
  static final String LABEL = "outcome_label";
  static final String SLICES = "outcome_slices";
  static final String FAILURE = "outcome_failure";

  static final StructType SCHEMA =
      new StructType()
          .add(LABEL, LabelTable.SCHEMA)
          .add(SLICES, DataTypes.createArrayType(SliceTable.SCHEMA))
          .add(FAILURE, LabelFailures.SCHEMA);

  private OutcomeTable() {}

  static Row labelled(Row label, Row[] slices) {
    return RowFactory.create(label, slices, null);
  }

  static Row failed(Row failure) {
    return RowFactory.create(null, null, failure);
  }
}
