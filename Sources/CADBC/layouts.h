// The layouts by which a program and a database driver hand over queries and columns: Arrow's C data interface and
// Arrow Database Connectivity (ADBC) 1.0 and 1.1. They are Vekt's own declarations of facts; there is no code here, and nothing to link.
#ifndef VEKT_CADBC_LAYOUTS_H
#define VEKT_CADBC_LAYOUTS_H

#include <stddef.h>
#include <stdint.h>

typedef struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
} ArrowSchema;

typedef struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
} ArrowArray;

typedef struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
} ArrowArrayStream;

typedef uint8_t AdbcStatus;

// A driver of version 1.0 knows the first 32 bytes only.
typedef struct AdbcError {
  char *message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct AdbcError *);
  void *private_data, *private_driver;
} AdbcError;

// A database, a connection or a statement.
typedef struct AdbcHandle {
  void *private_data, *private_driver;
} AdbcHandle;

typedef struct AdbcDetail {
  const char *key;
  const uint8_t *value;
  size_t length;
} AdbcDetail;

typedef void (*AdbcUnused)(void);
typedef AdbcStatus (*AdbcPlain)(AdbcHandle *, AdbcError *);
typedef AdbcStatus (*AdbcOpening)(AdbcHandle *, AdbcHandle *, AdbcError *);
typedef AdbcStatus (*AdbcOption)(AdbcHandle *, const char *, const char *, AdbcError *);
typedef AdbcStatus (*AdbcNumberOption)(AdbcHandle *, const char *, double *, AdbcError *);

// The functions of a driver. Vekt calls few of them; the others are there for their places.
typedef struct AdbcDriver {
  void *private_data, *private_manager;
  AdbcStatus (*release)(struct AdbcDriver *, AdbcError *);
  AdbcPlain databaseInit, databaseNew;
  AdbcOption databaseSetOption;
  AdbcPlain databaseRelease;
  AdbcPlain connectionCommit;
  AdbcStatus (*connectionGetInfo)(AdbcHandle *, const uint32_t *, size_t, ArrowArrayStream *, AdbcError *);
  AdbcStatus (*connectionGetObjects)(AdbcHandle *, int, const char *, const char *, const char *, const char **, const char *,
                                     ArrowArrayStream *, AdbcError *);
  AdbcUnused connectionGetTableSchema, connectionGetTableTypes;
  AdbcOpening connectionInit;
  AdbcPlain connectionNew;
  AdbcOption connectionSetOption;
  AdbcUnused connectionReadPartition;
  AdbcPlain connectionRelease, connectionRollback;
  AdbcUnused statementBind, statementBindStream;
  AdbcStatus (*statementExecuteQuery)(AdbcHandle *, ArrowArrayStream *, int64_t *, AdbcError *);
  AdbcUnused statementExecutePartitions, statementGetParameterSchema;
  AdbcOpening statementNew;
  AdbcUnused statementPrepare;
  AdbcPlain statementRelease;
  AdbcOption statementSetOption;
  AdbcStatus (*statementSetSqlQuery)(AdbcHandle *, const char *, AdbcError *);
  AdbcUnused statementSetSubstraitPlan;

  // Since 1.1.
  int (*errorGetDetailCount)(const AdbcError *);
  AdbcDetail (*errorGetDetail)(const AdbcError *, int);
  const AdbcError *(*errorFromArrayStream)(ArrowArrayStream *, AdbcStatus *);
  AdbcUnused databaseOptions[7];
  AdbcPlain connectionCancel;
  AdbcUnused connectionOptions[4], connectionStatistics[2], connectionSetOptions[3];
  AdbcPlain statementCancel;
  AdbcUnused statementExecuteSchema;
  AdbcUnused statementGetOption, statementGetOptionBytes;
  AdbcNumberOption statementGetOptionDouble;
  AdbcUnused statementGetOptionInt, statementSetOptions[3];
} AdbcDriver;

// How a driver is asked for its functions.
typedef AdbcStatus (*AdbcEntry)(int, void *, AdbcError *);

_Static_assert(sizeof(ArrowSchema) == 72, "ArrowSchema");
_Static_assert(sizeof(ArrowArray) == 80, "ArrowArray");
_Static_assert(sizeof(ArrowArrayStream) == 40, "ArrowArrayStream");
_Static_assert(sizeof(AdbcError) == 48, "AdbcError");
_Static_assert(offsetof(AdbcError, release) == 24, "AdbcError.release");
_Static_assert(sizeof(AdbcHandle) == 16, "AdbcHandle");
_Static_assert(offsetof(AdbcDriver, errorGetDetailCount) == 232, "AdbcDriver 1.0");
_Static_assert(sizeof(AdbcDriver) == 464, "AdbcDriver 1.1");

#endif
