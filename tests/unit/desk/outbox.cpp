// The outbox: how many consumers it may have, in any store.
#include <doctest/doctest.h>

#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"

#include <memory>
#include <string>

using namespace tocsin;
using office::refusal_of;

namespace {

constexpr const char* refused = "outbox.too_many_consumers";

std::string consumer(std::size_t n) { return "consumer " + std::to_string(n); }

// A desk with two effects that wait.
desk with_effects(std::shared_ptr<store> where) {
  desk d = office::furnished(std::move(where));
  for (int i = 0; i < 2; ++i) office::tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}}));
  return d;
}

// `reopen` makes a desk over the same store.
template <class Reopen>
void fill(desk d, Reopen reopen) {
  const std::vector<effect> effects = d.take_effects(consumer(0), 10);
  REQUIRE(effects.size() == 2);
  for (std::size_t n = 0; n < tocsin::limits::consumers_max; ++n) d.acknowledge_effects(consumer(n), effects[0].id);
  const auto check = [&] {
    CHECK(refusal_of([&] { d.take_effects("one more", 1); }) == refused);
    CHECK(refusal_of([&] { d.acknowledge_effects("one more", effects[0].id); }) == refused);
    CHECK(d.take_effects(consumer(7), 10).size() == 1);
  };
  check();
  d = reopen(std::move(d));
  check();
  d.acknowledge_effects(consumer(999), effects[1].id);
  CHECK(d.take_effects(consumer(999), 10).empty());
}

}  // namespace

TEST_CASE("an outbox in memory has so many consumers, and one more is refused by name (R-C25)") {
  fill(with_effects(make_memory_store()), [](desk d) { return d; });
}

TEST_CASE("an outbox in a file has so many consumers, also when it is opened again (R-C25)") {
  const conformance::temporary_file file;
  sqlite_options options;
  options.path = file.path();
  options.durability = durability::normal;
  fill(with_effects(open_sqlite_store(options)), [&](desk d) {
    d = office::open();
    return office::open(open_sqlite_store(options));
  });
}

TEST_CASE("names that only ask are consumers, too, for as long as the desk is open (R-C25)") {
  desk d = with_effects(make_memory_store());
  for (std::size_t n = 0; n < tocsin::limits::consumers_max; ++n) d.take_effects(consumer(n), 1);
  CHECK(refusal_of([&] { d.take_effects("one more", 1); }) == refused);
  CHECK(d.take_effects(consumer(5), 10).size() == 2);
}

TEST_CASE("acknowledging again what was acknowledged makes no consumer (R-C25)") {
  desk d = with_effects(make_memory_store());
  d.acknowledge_effects("mail", 0);
  CHECK(d.storage().count_consumers() == 0);
}
