// What a desk says of its memory: figures that follow what it holds.
#include <doctest/doctest.h>

#include <tocsin/desk/memory.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"

#include <algorithm>

using namespace tocsin;

namespace {

memory_share share_of(const desk& d, std::string_view name) {
  const memory_shares all = d.memory();
  return *std::ranges::find(all, name, &memory_share::of);
}

}  // namespace

TEST_CASE("a record counts with its texts, and no more once it is over") {
  desk d = office::furnished();
  CHECK(share_of(d, "records").count == 0);
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  const memory_share one = share_of(d, "records");
  CHECK(one.count == 1);
  CHECK(one.bytes >= sizeof(incident) + sizeof(incident_text));
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"description", std::string(10'000, 'x')}}));
  CHECK(share_of(d, "records").bytes >= one.bytes + sizeof(incident) + 10'000);
  const std::uint64_t journal = share_of(d, "store").bytes;
  office::tell(d, office::command("cancel_incident", "2026-11-23T08:01:00Z", "ana",
                                  {{"incident", "INC0000002"}, {"reason", "a test"}}));
  CHECK(share_of(d, "records").count == 1);
  CHECK(share_of(d, "records").bytes == one.bytes);
  CHECK(share_of(d, "store").bytes >= journal + sizeof(incident) + 10'000);  // in memory, the store has it
}

TEST_CASE("texts count where the desk keeps an index of them, definitions by their versions") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(share_of(d, "texts").bytes == 0);
  desk_options options;
  options.text_index = true;
  desk indexed = office::furnished(make_memory_store(), options);
  office::tell(indexed, office::log("2026-11-23T08:00:00Z"));
  CHECK(share_of(indexed, "texts").count == 1);
  CHECK(share_of(indexed, "texts").bytes > 0);
  const memory_share before = share_of(d, "definitions");
  office::tell(d, office::command("publish", "2026-11-23T08:01:00Z", "host",
                                  {{"services", {{{"key", "mail"}, {"name", std::string(150, 'm')}}}}}));
  const memory_share after = share_of(d, "definitions");
  CHECK(after.count == before.count + 1);
  CHECK(after.bytes >= before.bytes + 150);
}

TEST_CASE("a fork counts what it shares, and of the store only what it has beyond its parent") {
  desk d = office::furnished();
  for (int i = 0; i < 20; ++i) office::tell(d, office::log("2026-11-23T08:00:00Z"));
  desk fork = d.fork();
  CHECK(share_of(fork, "records").count == 20);
  CHECK(share_of(fork, "store").bytes < 1'000);
  office::tell(fork, office::log("2026-11-23T08:00:00Z"));
  CHECK(share_of(fork, "store").bytes > 100);
  CHECK(share_of(d, "records").count == 20);
}

TEST_CASE("a desk in a file says what SQLite holds of it") {
  const conformance::temporary_file file;
  sqlite_options options;
  options.path = file.path();
  options.durability = durability::normal;
  desk d = office::furnished(open_sqlite_store(options));
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(share_of(d, "store").bytes > 4'096);
}
