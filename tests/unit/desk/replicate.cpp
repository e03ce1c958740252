#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>

#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;

namespace {

std::string refusal(const std::function<void()>& what) {
  try {
    what();
  } catch (const error& e) {
    return e.reason();
  }
  return "";
}

void take_over(const desk& from, desk& to, std::size_t bytes_max) {
  while (to.state().counters.sequence < from.state().counters.sequence) {
    REQUIRE(to.apply_entries(from.read_entries(to.state().counters.sequence + 1, bytes_max)) > 0);
  }
}

}  // namespace

TEST_CASE("a standby that takes up the entries has the same journal and the same records, and goes on as a desk (D7)") {
  desk d = office::furnished();
  desk standby = office::open(make_memory_store());
  for (int i = 0; i < 5; ++i) {
    const std::string hour = "2026-11-23T1" + std::to_string(i);
    office::tell(d, office::log(hour + ":00:00Z", {{"caller", "carla"}}));
    office::tell(d, office::command("hold_incident", hour + ":10:00Z", "ana",
                                    {{"incident", i + 1}, {"reason", "awaiting_caller"}}));
    take_over(d, standby, i % 2 == 0 ? 1 : 1u << 20);
  }
  CHECK(standby.state().counters.hash == d.state().counters.hash);
  CHECK(standby.state().counters.clock == d.state().counters.clock);
  CHECK(standby.apply_entries(d.read_entries(1, 1u << 20)) == 0);  // it has them all
  for (std::uint64_t id = 1; id <= 5; ++id) {
    CHECK(office::picture_of(standby, *standby.find({id})) == office::picture_of(d, *d.find({id})));
  }
  standby.verify();
  for (desk* one : {&d, &standby}) {
    office::tell(*one,
                 office::command("add_reply", "2026-11-24T08:00:00Z", "carla", {{"incident", 1}, {"text", "Here"}}));
    one->advance(office::at("2026-12-01T08:00:00Z"));
  }
  CHECK(standby.state().counters.hash == d.state().counters.hash);
}

TEST_CASE(
    "entries that do not follow, or that were changed on the way, are refused and leave the standby as it was (D7)") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T10:00:00Z"));
  desk standby = office::open(make_memory_store());
  CHECK(refusal([&] { standby.apply_entries(d.read_entries(2, 1u << 20)); }) == "entries.do_not_follow");
  CHECK(standby.state().counters.sequence == 0);
  std::vector<std::uint8_t> bytes = d.read_entries(1, 1u << 20);
  CHECK(refusal([&] { standby.apply_entries(std::span(bytes).first(5)); }) == "entries.foreign");
  bytes[bytes.size() / 2] ^= 1;
  CHECK_FALSE(refusal([&] { standby.apply_entries(bytes); }).empty());
  CHECK(standby.state().counters.sequence == 0);
  desk other = office::furnished();
  office::tell(other, office::log("2026-11-23T11:00:00Z", {{"title", "Another"}}));
  take_over(d, standby, 1u << 20);
  CHECK(refusal([&] { standby.apply_entries(other.read_entries(1, 1u << 20)); }) == "entries.do_not_follow");
  CHECK(standby.state().counters.hash == d.state().counters.hash);
}

TEST_CASE("what was erased before is erased in the standby, and what is erased later, too (D10)") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T10:00:00Z", {{"caller", "carla"}, {"description", "Secret"}}));
  desk standby = office::open(make_memory_store());
  take_over(d, standby, 1u << 20);
  office::tell(d,
               office::command("erase_personal", "2026-11-23T11:00:00Z", "host", {{"record", 1}, {"reason", "Asked"}}));
  take_over(d, standby, 1u << 20);
  CHECK(standby.find({1})->text->description.empty());
  CHECK(standby.read_stored_entry(3).aside == d.read_stored_entry(3).aside);
  standby.verify();
}
