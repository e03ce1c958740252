#include <tocsin/oncall/roster.hpp>

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "given.hpp"
#include "naive_roster.hpp"

using namespace tocsin;
using namespace given;

namespace {

class random_book {
 public:
  explicit random_book(unsigned seed) : random_(seed) {}

  // In the days around a clock change of the schedule's zone.
  oncall_book make() {
    static constexpr const char* zones[] = {"Europe/Berlin",    "America/New_York",  "Australia/Lord_Howe",
                                            "America/St_Johns", "Africa/Casablanca", "Pacific/Apia"};
    zone_ = zones[below(std::size(zones))];
    const instant somewhere = at("2011-06-01T00:00:00Z") + below(15 * 365) * day;
    const instant change = zone_of(zone_).next_transition(somewhere);
    middle_ = change == never || change > at("2199-01-01T00:00:00Z") ? somewhere : change;
    middle_.us -= middle_.us % minute.us;
    oncall_book book;
    for (const char* key : {"r1", "r2", "r3"}) book.rotations.push_back({no_instant, rotation_named(key)});
    book.schedules.push_back({no_instant, schedule_of()});
    if (below(2) == 0) book.schedules.push_back({near(), schedule_of()});
    for (auto i = below(6); i > 0; --i) book.overrides.push_back(override_of());
    for (auto i = below(4); i > 0; --i) book.absences.push_back(absence_of());
    return book;
  }

  instant from() const { return middle_ - 4 * day; }
  instant until() const { return middle_ + 4 * day; }

 private:
  std::int64_t below(std::size_t n) { return static_cast<std::int64_t>(random_() % n); }
  std::string person() { return names()[static_cast<std::size_t>(below(6))]; }
  instant near() { return from() + below(8 * 96) * duration{15 * minute.us}; }

  rotation rotation_named(const std::string& key) {
    rotation r{.key = key,
               .type = static_cast<rotation_type>(1 + below(3)),
               .length = 1 + below(3),
               .zone = zone_,
               .on_call = below(4) == 0 ? (1 + below(30)) * hour : duration{},
               .extend = below(2) == 0,
               .absence = static_cast<absence_rule>(1 + below(3))};
    if (r.type == rotation_type::hourly) r.length = 5 + below(20);
    const local_time local = zone_of(zone_).to_local(near() - duration{below(3) * day.us});
    r.start = {local.us - floor_mod(local.us, minute.us)};
    for (auto i = below(5); i > 0; --i) {
      rotation_slot& slot = r.participants.emplace_back();
      slot.people.push_back(person());
      if (const std::string other = person(); other != slot.people.front() && below(4) == 0)
        slot.people.push_back(other);
    }
    return r;
  }

  schedule schedule_of() {
    schedule s{.key = "s",
               .zone = zone_,
               .combination = below(2) == 0 ? layer_combination::all : layer_combination::top_priority};
    for (auto i = 1 + below(4); i > 0; --i) {
      schedule_layer& layer = s.layers.emplace_back();
      layer.priority = below(3);
      if (below(3) == 0) {
        layer.people = {person()};
      } else {
        layer.rotation = "r" + std::to_string(1 + below(3));
        layer.turns_ahead = below(3);
      }
      if (below(4) == 0) layer.zone = "Asia/Kolkata";
      if (below(4) == 0) layer.active_from = near();
      if (below(4) == 0 && !is_set(layer.active_from)) layer.active_until = near();
      for (auto k = below(3); k > 0; --k) layer.restrictions.push_back(window());
    }
    return s;
  }

  weekly_window window() {
    weekly_window w;
    for (unsigned d = 1; d <= 7; ++d) {
      if (below(2) == 0) w.days.push_back(static_cast<week_day>(d));
    }
    if (w.days.empty()) w.days.push_back(week_day::sunday);
    w.start = wall_time(static_cast<unsigned>(below(24)), static_cast<unsigned>(below(2) * 30));
    w.end = wall_time(static_cast<unsigned>(below(24)), static_cast<unsigned>(below(2) * 30));
    if (below(6) == 0) w.end = end_of_day;
    if (below(6) == 0) w.end = w.start;
    return w;
  }

  schedule_override override_of() {
    schedule_override one{.schedule = "s", .kind = static_cast<override_kind>(1 + below(4)), .people = {person()}};
    if (one.kind == override_kind::replace) one.replaced = person();
    if (one.kind == override_kind::exclusive) {
      one.rank = below(2);
      if (below(3) == 0) one.people.clear();
    }
    one.from = near();
    one.until = one.from + (1 + below(60)) * hour;
    if (below(4) == 0) one.accepted_at = near();
    if (below(4) == 0) one.withdrawn_at = near();
    return one;
  }

  absence absence_of() {
    absence one{.person = person(), .cover = below(2) == 0 ? "" : "hal"};
    if (below(4) == 0) one.cover = person();
    if (one.cover == one.person) one.cover.clear();
    one.from = near();
    one.until = one.from + (1 + below(80)) * hour;
    return one;
  }

  std::mt19937 random_;
  std::string zone_;
  instant middle_;
};

struct text_shift {
  instant from;
  instant until;
  std::string person;
  friend bool operator==(const text_shift&, const text_shift&) = default;
};

void compare_minute_by_minute(unsigned seed) {
  INFO("seed ", seed);
  random_book maker(seed);
  const oncall_book book = maker.make();
  const naive_roster naive(book);
  const roster fast(book, "s", words());

  std::vector<text_shift> expected;
  std::map<std::string, instant> open;
  std::vector<oncall_span> expected_gaps;
  for (instant t = maker.from(); t < maker.until(); t = t + minute) {
    const auto people = naive.who(t);
    const std::string text = [&] {
      std::string all;
      for (const std::string& key : people) all += (all.empty() ? "" : "+") + key;
      return all;
    }();
    REQUIRE_MESSAGE(keys_of(fast.who(t).people) == text, shown(t));
    for (auto it = open.begin(); it != open.end();) {
      if (people.contains(it->first)) {
        ++it;
      } else {
        expected.push_back({it->second, t, it->first});
        it = open.erase(it);
      }
    }
    for (const std::string& key : people) open.emplace(key, t);
    if (people.empty()) {
      if (expected_gaps.empty() || expected_gaps.back().until != t) expected_gaps.push_back({t, t});
      expected_gaps.back().until = t + minute;
    }
  }
  for (const auto& [key, from] : open) expected.push_back({from, maker.until(), key});
  std::ranges::sort(expected, [](const text_shift& a, const text_shift& b) {
    return a.from != b.from ? a.from < b.from : a.person < b.person;
  });

  const auto found = shifts(fast, maker.from(), maker.until());
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const text_shift one{found[i].from, found[i].until, key_of(found[i].person)};
    REQUIRE_MESSAGE(one == expected[i], i, ": ", one.person, " ", shown(one.from), " to ", shown(one.until), " for ",
                    expected[i].person, " ", shown(expected[i].from), " to ", shown(expected[i].until));
  }
  REQUIRE(gaps(fast, maker.from(), maker.until()) == expected_gaps);
}

// What holds for every roster, whatever it says.
void check_properties(unsigned seed) {
  INFO("seed ", seed);
  random_book maker(seed);
  const oncall_book book = maker.make();
  const roster r(book, "s", words());
  const auto found = shifts(r, maker.from(), maker.until());
  const auto holes = gaps(r, maker.from(), maker.until());
  for (const oncall_shift& shift : found) {
    REQUIRE(shift.from < shift.until);
    REQUIRE(maker.from() <= shift.from);
    REQUIRE(shift.until <= maker.until());
    for (const oncall_shift& other : found) REQUIRE((other.person != shift.person || other.from != shift.until));
    for (const oncall_span& hole : holes) REQUIRE((hole.until <= shift.from || hole.from >= shift.until));
  }
  // Cutting the window anywhere cuts the shifts there, and changes nothing else.
  const instant cut = maker.from() + duration{(maker.until() - maker.from()).us / 3};
  duration whole, parts;
  for (const oncall_shift& s : found) whole = whole + (s.until - s.from);
  for (const oncall_shift& s : shifts(r, maker.from(), cut)) parts = parts + (s.until - s.from);
  for (const oncall_shift& s : shifts(r, cut, maker.until())) parts = parts + (s.until - s.from);
  REQUIRE(whole == parts);
  // Shares sum to the shifts, and no part is more than its whole.
  duration shares;
  for (const burden& b : fairness(r, maker.from(), maker.until())) {
    shares = shares + b.time;
    REQUIRE(b.night_time <= b.time);
    REQUIRE(b.weekend_time <= b.time);
  }
  REQUIRE(shares == whole);
  REQUIRE(changes(r, r, maker.from(), maker.until()).empty());
}

}  // namespace

TEST_CASE("a roster says for each minute what reading the book anew says, and its shifts are those minutes (O2, O3)") {
  for (unsigned seed = 1; seed <= 25; ++seed) compare_minute_by_minute(seed);
}

TEST_CASE("shifts are maximal, lie in the window, leave the gaps, and are shared out whole (O3)") {
  for (unsigned seed = 1000; seed < 1200; ++seed) check_properties(seed);
}

TEST_SUITE("full") {
  TEST_CASE("a roster says for each minute what reading the book anew says, for many books (O2, O3)") {
    for (unsigned seed = 100; seed < 700; ++seed) compare_minute_by_minute(seed);
  }
}
