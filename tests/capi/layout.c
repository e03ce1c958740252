/* What bindings rely on: sizes, offsets and numbers of everything public (64-bit platforms). */
#include <stddef.h>

#include <tocsin.h>

#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has another size")
#define AT(type, member, offset) _Static_assert(offsetof(type, member) == (offset), #type "." #member " has moved")
#define IS(name, value) _Static_assert((name) == (value), #name " has another value")

#if UINTPTR_MAX == UINT64_MAX
SIZE(tocsin_buf, 24);
AT(tocsin_buf, data, 0);
AT(tocsin_buf, size, 8);
AT(tocsin_buf, reserved, 16);

SIZE(tocsin_open_options, 56);
AT(tocsin_open_options, struct_size, 0);
AT(tocsin_open_options, flags, 4);
AT(tocsin_open_options, path, 8);
AT(tocsin_open_options, path_size, 16);
AT(tocsin_open_options, config, 24);
AT(tocsin_open_options, config_size, 32);
AT(tocsin_open_options, salt_seed, 40);
AT(tocsin_open_options, salt_seed_size, 48);
#endif

SIZE(tocsin_incident_row, 72);
AT(tocsin_incident_row, id, 0);
AT(tocsin_incident_row, number, 8);
AT(tocsin_incident_row, opened_at_us, 16);
AT(tocsin_incident_row, updated_at_us, 24);
AT(tocsin_incident_row, resolved_at_us, 32);
AT(tocsin_incident_row, closed_at_us, 40);
AT(tocsin_incident_row, version, 48);
AT(tocsin_incident_row, reopen_count, 52);
AT(tocsin_incident_row, reassignment_count, 56);
AT(tocsin_incident_row, state_kind, 60);
AT(tocsin_incident_row, priority, 64);
AT(tocsin_incident_row, severity, 68);

SIZE(tocsin_status, 4);
SIZE(tocsin_incident_id, 8);

IS(TOCSIN_ABI_VERSION, 1);
IS(TOCSIN_OK, 0);
IS(TOCSIN_INVALID_ARGUMENT, 1);
IS(TOCSIN_NOT_FOUND, 2);
IS(TOCSIN_ALREADY_EXISTS, 3);
IS(TOCSIN_CONFLICT, 4);
IS(TOCSIN_FAILED_PRECONDITION, 5);
IS(TOCSIN_PERMISSION_DENIED, 6);
IS(TOCSIN_BUSY, 7);
IS(TOCSIN_RESOURCE_EXHAUSTED, 8);
IS(TOCSIN_CANCELLED, 9);
IS(TOCSIN_CORRUPT, 10);
IS(TOCSIN_IO, 11);
IS(TOCSIN_UNSUPPORTED, 12);
IS(TOCSIN_INTERNAL, 13);
IS(TOCSIN_OUT_OF_MEMORY, 14);
IS(TOCSIN_NEVER, INT64_MAX);
IS(TOCSIN_UNSET, INT64_MIN);
IS(TOCSIN_HASH_SIZE, 32);
IS(TOCSIN_OPEN_READ_ONLY, 1);
IS(TOCSIN_OPEN_MUST_EXIST, 2);
IS(TOCSIN_OPEN_TAKE_OVER, 4);
IS(TOCSIN_EXECUTE_ATOMIC, 1);
IS(TOCSIN_EXECUTE_DRY_RUN, 2);
IS(TOCSIN_EXECUTE_ALLOW_LEAP, 4);
IS(TOCSIN_EXECUTE_LINES, 8);
IS(TOCSIN_ADVANCE_ALLOW_LEAP, 4);
IS(TOCSIN_STATE_KIND_NEW, 1);
IS(TOCSIN_STATE_KIND_CANCELLED, 7);
IS(TOCSIN_PRIORITY_CRITICAL, 1);
IS(TOCSIN_PRIORITY_PLANNING, 5);

int main(void) { return 0; }
