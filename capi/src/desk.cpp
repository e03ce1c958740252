#include "desk.hpp"

#include <tocsin/base/hash.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/memory.hpp>
#include <tocsin/schema/catalogue.hpp>
#include <tocsin/store/memory_store.hpp>
#include <tocsin/store/sqlite_store.hpp>
#include <tocsin/time/zone.hpp>

#include <algorithm>
#include <cstring>

using tocsin::error;
using tocsin::status;
using tocsin::capi::check_flags;
using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard;
using tocsin::capi::guard_desk;
using tocsin::capi::text_in;

namespace {

// The options as this library knows them: those of an older caller are completed, those of a newer one accepted as
// long as it asks for nothing that is not known here.
tocsin_open_options options_in(const tocsin_open_options* given) {
  tocsin_open_options options;
  tocsin_open_options_init(&options, sizeof options);
  if (!given) return options;
  const auto* bytes = reinterpret_cast<const unsigned char*>(given);
  for (size_t i = sizeof options; i < given->struct_size; ++i) {
    if (bytes[i] != 0) {
      throw error(status::unsupported, "argument.newer_options", "the options hold what this library does not know");
    }
  }
  if (given->struct_size < sizeof(uint32_t) * 2) {
    throw error(status::invalid_argument, "argument.struct_size", "call tocsin_open_options_init before opening");
  }
  std::memcpy(&options, given, std::min<size_t>(given->struct_size, sizeof options));
  return options;
}

std::vector<std::uint8_t> seed_in(const tocsin_open_options& options) {
  if (options.salt_seed_size == 0) return {};
  if (!options.salt_seed || options.salt_seed_size < 16 || options.salt_seed_size > 64) {
    throw error(status::invalid_argument, "argument.salt_seed",
                "salt_seed has " + std::to_string(options.salt_seed_size) + " bytes, allowed are 16 to 64");
  }
  const auto* bytes = static_cast<const std::uint8_t*>(options.salt_seed);
  return {bytes, bytes + options.salt_seed_size};
}

std::shared_ptr<tocsin::store> store_for(const tocsin_open_options& options, const tocsin::desk_options& desk) {
  if (!options.path) {
    if (options.flags & (TOCSIN_OPEN_READ_ONLY | TOCSIN_OPEN_MUST_EXIST)) {
      throw error(status::invalid_argument, "argument.flags", "a desk in memory cannot be read only or exist already");
    }
    return tocsin::make_memory_store();
  }
  tocsin::sqlite_options sqlite;
  sqlite.path = text_in(options.path, options.path_size, "path");
  sqlite.read_only = (options.flags & TOCSIN_OPEN_READ_ONLY) != 0;
  sqlite.must_exist = (options.flags & TOCSIN_OPEN_MUST_EXIST) != 0;
  sqlite.take_over = (options.flags & TOCSIN_OPEN_TAKE_OVER) != 0;
  sqlite.durability =
      desk.durability == tocsin::commit_survives::normal ? tocsin::durability::normal : tocsin::durability::full;
  sqlite.number_prefix = desk.number_prefix;
  sqlite.number_width = static_cast<int>(desk.number_width);
  return tocsin::open_sqlite_store(sqlite);
}

}  // namespace

extern "C" {

// ---- versions

const char* tocsin_version(void) { return TOCSIN_BUILD_VERSION; }
int32_t tocsin_version_number(void) { return TOCSIN_VERSION_NUMBER; }
uint32_t tocsin_abi_version(void) { return TOCSIN_ABI_VERSION; }

// ---- opening

void tocsin_open_options_init(tocsin_open_options* options, uint32_t struct_size) {
  if (!options) return;
  tocsin_open_options defaults = {};
  defaults.struct_size = struct_size;
  defaults.path_size = TOCSIN_CSTR;
  defaults.config_size = TOCSIN_CSTR;
  std::memset(static_cast<void*>(options), 0, struct_size);
  std::memcpy(static_cast<void*>(options), &defaults, std::min<size_t>(struct_size, sizeof defaults));
}

tocsin_status tocsin_desk_open(uint32_t abi_version, const tocsin_open_options* options, tocsin_desk** desk_out,
                               tocsin_error** error) {
  if (desk_out) *desk_out = nullptr;
  return guard(error, [&] {
    demand(desk_out, "desk_out");
    if (abi_version != TOCSIN_ABI_VERSION) {
      throw tocsin::error(status::unsupported, "argument.abi_version",
                          "the caller was built for ABI " + std::to_string(abi_version) + ", this library has " +
                              std::to_string(TOCSIN_ABI_VERSION));
    }
    const tocsin_open_options known = options_in(options);
    check_flags(known.flags, TOCSIN_OPEN_READ_ONLY | TOCSIN_OPEN_MUST_EXIST | TOCSIN_OPEN_TAKE_OVER, "options");
    tocsin::desk_options desk;
    if (known.config) desk = tocsin::read_desk_options(text_in(known.config, known.config_size, "config"));
    auto where = store_for(known, desk);
    *desk_out = new tocsin_desk{tocsin::desk::open(std::move(where), std::move(desk), seed_in(known))};
  });
}

void tocsin_desk_close(tocsin_desk* desk) { delete desk; }

tocsin_status tocsin_desk_fork(const tocsin_desk* desk, tocsin_desk** fork_out, tocsin_error** error) {
  if (fork_out) *fork_out = nullptr;
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    demand(fork_out, "fork_out");
    *fork_out = new tocsin_desk{d.fork()};
  });
}

tocsin_status tocsin_desk_memory(const tocsin_desk* desk, tocsin_buf* figures_out, tocsin_error** error) {
  tocsin_buf_dispose(figures_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) { give(figures_out, tocsin::memory_document(d)); });
}

// ---- commands and time

tocsin_status tocsin_desk_execute(tocsin_desk* desk, int64_t at_us, const char* commands, size_t commands_size,
                                  uint32_t flags, tocsin_buf* results_out, tocsin_error** error) {
  tocsin_buf_dispose(results_out);
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    check_flags(flags,
                TOCSIN_EXECUTE_ATOMIC | TOCSIN_EXECUTE_DRY_RUN | TOCSIN_EXECUTE_ALLOW_LEAP | TOCSIN_EXECUTE_LINES,
                "execute");
    tocsin::document_options options;
    options.at = {at_us};
    options.atomic = (flags & TOCSIN_EXECUTE_ATOMIC) != 0;
    options.dry_run = (flags & TOCSIN_EXECUTE_DRY_RUN) != 0;
    options.allow_leap = (flags & TOCSIN_EXECUTE_ALLOW_LEAP) != 0;
    options.lines = (flags & TOCSIN_EXECUTE_LINES) != 0;
    give(results_out, tocsin::execute_document(d, text_in(commands, commands_size, "commands"), options));
  });
}

tocsin_status tocsin_desk_advance(tocsin_desk* desk, int64_t now_us, uint64_t limit, uint32_t flags,
                                  uint64_t* fired_out, int32_t* more_out, tocsin_error** error) {
  if (fired_out) *fired_out = 0;
  if (more_out) *more_out = 0;
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    check_flags(flags, TOCSIN_ADVANCE_ALLOW_LEAP, "advance");
    const tocsin::advance_result done = d.advance({now_us}, limit, (flags & TOCSIN_ADVANCE_ALLOW_LEAP) != 0);
    if (fired_out) *fired_out = done.fired;
    if (more_out) *more_out = done.more ? 1 : 0;
  });
}

int64_t tocsin_desk_next_due(const tocsin_desk* desk) { return desk ? desk->desk.next_due().us : TOCSIN_NEVER; }

void tocsin_desk_interrupt(tocsin_desk* desk) {
  if (desk) desk->desk.interrupt();
}

tocsin_status tocsin_desk_note_presence(tocsin_desk* desk, const char* presence, size_t presence_size,
                                        tocsin_error** error) {
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    tocsin::note_presence_document(d, text_in(presence, presence_size, "presence"));
  });
}

// ---- questions

tocsin_status tocsin_desk_query(const tocsin_desk* desk, const char* query, size_t query_size, tocsin_buf* answer_out,
                                tocsin_error** error) {
  tocsin_buf_dispose(answer_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    give(answer_out, tocsin::answer_document(d, text_in(query, query_size, "query")));
  });
}

// ---- effects

tocsin_status tocsin_desk_take_effects(tocsin_desk* desk, const char* consumer, size_t consumer_size, size_t max,
                                       tocsin_buf* effects_out, tocsin_error** error) {
  tocsin_buf_dispose(effects_out);
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    give(effects_out, tocsin::effects_document(d, text_in(consumer, consumer_size, "consumer"), max));
  });
}

tocsin_status tocsin_desk_acknowledge_effects(tocsin_desk* desk, const char* consumer, size_t consumer_size,
                                              uint64_t effect_id, tocsin_error** error) {
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    d.acknowledge_effects(text_in(consumer, consumer_size, "consumer"), effect_id);
  });
}

// ---- the journal

tocsin_status tocsin_desk_head(const tocsin_desk* desk, uint64_t* sequence_out, uint8_t* hash_out,
                               tocsin_error** error) {
  if (sequence_out) *sequence_out = 0;
  if (hash_out) std::memset(hash_out, 0, TOCSIN_HASH_SIZE);
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const tocsin::desk_counters& counters = d.state().counters;
    demand(sequence_out, "sequence_out") = counters.sequence;
    if (hash_out) std::ranges::copy(counters.hash, hash_out);
  });
}

tocsin_status tocsin_desk_verify(const tocsin_desk* desk, tocsin_buf* report_out, tocsin_error** error) {
  tocsin_buf_dispose(report_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const tocsin::desk::verification done = d.verify();
    tocsin::json_writer to;
    to.begin_object();
    to.member("entries", static_cast<int64_t>(done.entries));
    to.member("live", static_cast<int64_t>(done.live));
    to.member("closed", static_cast<int64_t>(done.closed));
    to.member("purged", static_cast<int64_t>(done.purged));
    to.member("head", tocsin::to_hex(done.head));
    to.end_object();
    give(report_out, to.str());
  });
}

tocsin_status tocsin_desk_read_entries(const tocsin_desk* desk, uint64_t from_sequence, size_t bytes_max,
                                       tocsin_buf* entries_out, tocsin_error** error) {
  tocsin_buf_dispose(entries_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const std::vector<std::uint8_t> bytes = d.read_entries(from_sequence, bytes_max);
    give(entries_out, std::string(bytes.begin(), bytes.end()));
  });
}

tocsin_status tocsin_desk_apply_entries(tocsin_desk* desk, const void* entries, size_t entries_size,
                                        uint64_t* applied_out, tocsin_error** error) {
  if (applied_out) *applied_out = 0;
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    const auto* bytes = static_cast<const std::uint8_t*>(entries);
    if (entries_size != 0) demand(bytes, "entries");
    const std::uint64_t applied = d.apply_entries({bytes, entries_size});
    if (applied_out) *applied_out = applied;
  });
}

tocsin_status tocsin_desk_backup(const tocsin_desk* desk, const char* path, size_t path_size, tocsin_error** error) {
  return guard_desk(desk, error,
                    [&](const tocsin::desk& d) { d.backup(std::string(text_in(path, path_size, "path"))); });
}

tocsin_status tocsin_desk_entry(const tocsin_desk* desk, uint64_t sequence, tocsin_buf* entry_out,
                                tocsin_error** error) {
  tocsin_buf_dispose(entry_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) { give(entry_out, tocsin::entry_document(d, sequence)); });
}

// ---- zones

tocsin_status tocsin_local_to_instant(const char* zone, size_t zone_size, int64_t local_us, int64_t* instant_us_out,
                                      int32_t* kind_out, tocsin_error** error) {
  if (instant_us_out) *instant_us_out = 0;
  if (kind_out) *kind_out = 0;
  return guard(error, [&] {
    const tocsin::zone z = tocsin::zone_data::bundled().get(text_in(zone, zone_size, "zone"));
    if (!tocsin::is_acceptable({local_us})) {
      throw tocsin::error(status::invalid_argument, "argument.local_time", "the local time is not of 1900 to 2199");
    }
    const tocsin::local_instants found = z.from_local({local_us});
    demand(instant_us_out, "instant_us_out") = found.first.us;
    if (kind_out) *kind_out = static_cast<int32_t>(found.kind);
  });
}

tocsin_status tocsin_instant_to_local(const char* zone, size_t zone_size, int64_t instant_us, int64_t* local_us_out,
                                      tocsin_error** error) {
  if (local_us_out) *local_us_out = 0;
  return guard(error, [&] {
    const tocsin::zone z = tocsin::zone_data::bundled().get(text_in(zone, zone_size, "zone"));
    if (!tocsin::is_acceptable({instant_us})) {
      throw tocsin::error(status::invalid_argument, "argument.instant", "the instant is not of 1900 to 2199");
    }
    demand(local_us_out, "local_us_out") = z.to_local({instant_us}).us;
  });
}

// ---- vocabulary

tocsin_status tocsin_schema(const char* name, size_t name_size, tocsin_buf* schema_out, tocsin_error** error) {
  tocsin_buf_dispose(schema_out);
  return guard(error, [&] { give(schema_out, tocsin::schema_document(text_in(name, name_size, "name"))); });
}

tocsin_status tocsin_catalogue(tocsin_buf* catalogue_out, tocsin_error** error) {
  tocsin_buf_dispose(catalogue_out);
  return guard(error, [&] { give(catalogue_out, tocsin::catalogue_document()); });
}

}  // extern "C"
