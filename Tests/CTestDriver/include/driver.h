// A driver for tests: it serves batches from a script, and fails where the script says.
#ifndef VEKT_TEST_DRIVER_H
#define VEKT_TEST_DRIVER_H

#include "../../../Sources/CADBC/layouts.h"

// A column of a batch, as its buffers lie in memory.
typedef struct TestColumn {
  const char *name, *format, *metadata;
  int64_t length, null_count, offset, n_buffers;
  const void **buffers;
  struct TestColumn *dictionary;
} TestColumn;

typedef struct TestBatch {
  TestColumn *columns;
  int64_t n_columns, length, offset;
} TestBatch;

// What is answered to a query that contains a text.
typedef struct TestAnswer {
  const char *contains;
  TestBatch *batches;
  int64_t n_batches;
  // The stream breaks off after so many batches; never where it is negative.
  int64_t breaks_after;
} TestAnswer;

typedef struct TestScript {
  TestAnswer *answers;
  int64_t n_answers;
  // The call that fails, counted from 1; none where it is 0.
  int64_t failing_call;
  // The calls so far.
  int64_t calls;
  // What is said of a fault.
  const char *words;
  // Whether a query waits until it is cancelled.
  int64_t hangs;
  // How much of a query is done, while it waits.
  double progress;
  // Handles that are open: databases, connections, statements, streams, batches.
  int64_t open;
} TestScript;

// The doors of a driver of version 1.1, of one that knows 1.0 only, and of one that refuses both. The option `script` of a
// database is the address of its script.
AdbcStatus TestDriverInit(int version, void *driver, AdbcError *error);
AdbcStatus TestDriverOldInit(int version, void *driver, AdbcError *error);
AdbcStatus TestDriverStubbornInit(int version, void *driver, AdbcError *error);

// A stream of an answer's batches, which counts in no script.
void test_stream(TestAnswer *answer, ArrowArrayStream *stream);

#endif
