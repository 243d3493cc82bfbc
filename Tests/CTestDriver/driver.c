#include "driver.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Statement {
  TestScript *script;
  TestAnswer *answer;
  atomic_int cancelled;
} Statement;

typedef struct Stream {
  TestScript *script;
  TestAnswer *answer;
  int64_t next;
} Stream;

static void release_error(AdbcError *error) {
  free(error->message);
  memset(error, 0, sizeof(void *));
  error->release = NULL;
}

static AdbcStatus fail(AdbcStatus status, const char *words, AdbcError *error) {
  error->message = strdup(words);
  memcpy(error->sqlstate, "HY000", 5);
  error->release = release_error;
  return status;
}

// Counts a call, and lets it fail when it is the one.
static AdbcStatus call(TestScript *script, AdbcError *error) {
  if (!script) return 0;
  script->calls++;
  return script->calls == script->failing_call ? fail(9, script->words ? script->words : "scripted fault", error) : 0;
}

// Arrays

static void release_schema(ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    free(schema->children[i]);
  }
  free(schema->children);
  if (schema->dictionary) {
    schema->dictionary->release(schema->dictionary);
    free(schema->dictionary);
  }
  schema->release = NULL;
}

static void make_schema(const TestColumn *column, ArrowSchema *schema) {
  *schema = (ArrowSchema){.format = column->format, .name = column->name, .metadata = column->metadata,
                          .flags = 2, .release = release_schema};
  if (column->dictionary) {
    schema->dictionary = malloc(sizeof(ArrowSchema));
    make_schema(column->dictionary, schema->dictionary);
  }
}

static void release_array(ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; i++) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  free(array->children);
  if (array->dictionary) {
    array->dictionary->release(array->dictionary);
    free(array->dictionary);
  }
  if (array->private_data) ((TestScript *)array->private_data)->open--;
  array->release = NULL;
}

static void make_array(const TestColumn *column, ArrowArray *array) {
  *array = (ArrowArray){.length = column->length, .null_count = column->null_count, .offset = column->offset,
                        .n_buffers = column->n_buffers, .buffers = column->buffers, .release = release_array};
  if (column->dictionary) {
    array->dictionary = malloc(sizeof(ArrowArray));
    make_array(column->dictionary, array->dictionary);
  }
}

static int get_schema(ArrowArrayStream *stream, ArrowSchema *schema) {
  Stream *state = stream->private_data;
  TestBatch *first = state->answer->batches;
  *schema = (ArrowSchema){.format = "+s", .name = "", .n_children = first->n_columns,
                          .children = calloc(first->n_columns + 1, sizeof(ArrowSchema *)), .release = release_schema};
  for (int64_t i = 0; i < first->n_columns; i++) {
    schema->children[i] = malloc(sizeof(ArrowSchema));
    make_schema(&first->columns[i], schema->children[i]);
  }
  return 0;
}

static int get_next(ArrowArrayStream *stream, ArrowArray *array) {
  Stream *state = stream->private_data;
  if (state->answer->breaks_after == state->next) return EIO;
  if (state->next == state->answer->n_batches) {
    array->release = NULL;
    return 0;
  }
  TestBatch *batch = &state->answer->batches[state->next++];
  static const void *none[1];
  *array = (ArrowArray){.length = batch->length, .offset = batch->offset, .n_buffers = 1, .buffers = none,
                        .n_children = batch->n_columns, .children = calloc(batch->n_columns + 1, sizeof(ArrowArray *)),
                        .release = release_array, .private_data = state->script};
  for (int64_t i = 0; i < batch->n_columns; i++) {
    array->children[i] = malloc(sizeof(ArrowArray));
    make_array(&batch->columns[i], array->children[i]);
  }
  if (state->script) state->script->open++;
  return 0;
}

static const char *get_last_error(ArrowArrayStream *stream) {
  (void)stream;
  return "the server has gone away";
}

static void release_stream(ArrowArrayStream *stream) {
  Stream *state = stream->private_data;
  if (state->script) state->script->open--;
  free(state);
  // Drivers in Go leave it as it is.
}

static void make_stream(TestScript *script, TestAnswer *answer, ArrowArrayStream *stream) {
  Stream *state = malloc(sizeof(Stream));
  *state = (Stream){script, answer, 0};
  *stream = (ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, state};
}

void test_stream(TestAnswer *answer, ArrowArrayStream *stream) { make_stream(NULL, answer, stream); }

// The driver

static AdbcStatus database_new(AdbcHandle *database, AdbcError *error) {
  (void)error;
  database->private_data = calloc(1, sizeof(TestScript *));
  return 0;
}

static AdbcStatus database_option(AdbcHandle *database, const char *key, const char *value, AdbcError *error) {
  TestScript **script = database->private_data;
  if (strcmp(key, "script")) return fail(2, "unknown option", error);
  *script = (TestScript *)(uintptr_t)strtoull(value, NULL, 10);
  (*script)->open++;
  return 0;
}

static AdbcStatus database_init(AdbcHandle *database, AdbcError *error) {
  return call(*(TestScript **)database->private_data, error);
}

static AdbcStatus database_release(AdbcHandle *database, AdbcError *error) {
  (void)error;
  TestScript **script = database->private_data;
  if (*script) (*script)->open--;
  free(script);
  database->private_data = NULL;
  return 0;
}

static AdbcStatus connection_new(AdbcHandle *connection, AdbcError *error) {
  (void)error;
  connection->private_data = NULL;
  return 0;
}

static AdbcStatus connection_init(AdbcHandle *connection, AdbcHandle *database, AdbcError *error) {
  TestScript *script = *(TestScript **)database->private_data;
  AdbcStatus status = call(script, error);
  if (status) return status;
  connection->private_data = script;
  script->open++;
  return 0;
}

static AdbcStatus connection_option(AdbcHandle *connection, const char *key, const char *value, AdbcError *error) {
  (void)key, (void)value;
  return call(connection->private_data, error);
}

static AdbcStatus connection_release(AdbcHandle *connection, AdbcError *error) {
  (void)error;
  if (connection->private_data) ((TestScript *)connection->private_data)->open--;
  return 0;
}

static AdbcStatus connection_rollback(AdbcHandle *connection, AdbcError *error) {
  (void)connection, (void)error;
  return 0;
}

static AdbcStatus statement_new(AdbcHandle *connection, AdbcHandle *statement, AdbcError *error) {
  TestScript *script = connection->private_data;
  AdbcStatus status = call(script, error);
  if (status) return status;
  Statement *state = calloc(1, sizeof(Statement));
  state->script = script;
  statement->private_data = state;
  script->open++;
  return 0;
}

static AdbcStatus statement_query(AdbcHandle *statement, const char *query, AdbcError *error) {
  Statement *state = statement->private_data;
  for (int64_t i = 0; i < state->script->n_answers && !state->answer; i++)
    if (strstr(query, state->script->answers[i].contains)) state->answer = &state->script->answers[i];
  return call(state->script, error);
}

static AdbcStatus statement_execute(AdbcHandle *statement, ArrowArrayStream *stream, int64_t *rows, AdbcError *error) {
  Statement *state = statement->private_data;
  AdbcStatus status = call(state->script, error);
  if (status) return status;
  while (state->script->hangs && !atomic_load(&state->cancelled)) usleep(1000);
  if (atomic_load(&state->cancelled)) return fail(11, "cancelled", error);
  if (!state->answer) return fail(3, "no answer to this query in the script", error);
  if (rows) *rows = -1;
  state->script->open++;
  make_stream(state->script, state->answer, stream);
  return 0;
}

static AdbcStatus statement_release(AdbcHandle *statement, AdbcError *error) {
  (void)error;
  Statement *state = statement->private_data;
  if (!state) return 0;
  state->script->open--;
  free(state);
  statement->private_data = NULL;
  return 0;
}

static AdbcStatus statement_cancel(AdbcHandle *statement, AdbcError *error) {
  (void)error;
  atomic_store(&((Statement *)statement->private_data)->cancelled, 1);
  return 0;
}

static AdbcStatus statement_number(AdbcHandle *statement, const char *key, double *value, AdbcError *error) {
  if (!strcmp(key, "adbc.statement.exec.max_progress")) return *value = 100, 0;
  if (strcmp(key, "adbc.statement.exec.progress")) return fail(3, "no such option", error);
  *value = ((Statement *)statement->private_data)->script->progress;
  return 0;
}

static void fill(AdbcDriver *driver) {
  driver->databaseNew = database_new;
  driver->databaseSetOption = database_option;
  driver->databaseInit = database_init;
  driver->databaseRelease = database_release;
  driver->connectionNew = connection_new;
  driver->connectionInit = connection_init;
  driver->connectionSetOption = connection_option;
  driver->connectionRelease = connection_release;
  driver->connectionRollback = connection_rollback;
  driver->statementNew = statement_new;
  driver->statementSetSqlQuery = statement_query;
  driver->statementExecuteQuery = statement_execute;
  driver->statementRelease = statement_release;
}

AdbcStatus TestDriverInit(int version, void *driver, AdbcError *error) {
  (void)error;
  if (version != 1001000) return 2;
  fill(driver);
  ((AdbcDriver *)driver)->statementCancel = statement_cancel;
  ((AdbcDriver *)driver)->statementGetOptionDouble = statement_number;
  return 0;
}

AdbcStatus TestDriverOldInit(int version, void *driver, AdbcError *error) {
  if (version != 1000000) return fail(2, "only version 1.0", error);
  fill(driver);
  return 0;
}

AdbcStatus TestDriverStubbornInit(int version, void *driver, AdbcError *error) {
  (void)version, (void)driver;
  return fail(2, "neither this nor that", error);
}
