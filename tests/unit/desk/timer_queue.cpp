#include <tocsin/desk/timer_queue.hpp>

#include <doctest/doctest.h>

#include <algorithm>

#include "random_script.hpp"

using namespace tocsin;

namespace {

bool same(const timer& a, const timer& b) { return !(a < b) && !(b < a); }

}  // namespace

TEST_CASE("timers come out in order of instant, then number, whatever the order of their making (D6)") {
  office::dice dice(42);
  for (int round = 0; round < 200; ++round) {
    timer_queue queue;
    std::vector<timer> plain;
    for (std::int64_t i = dice.below(60); i >= 0; --i) {
      const auto number = static_cast<std::uint64_t>(dice.below(20)) + 1;
      const timer t{{dice.below(10)}, number, number, timer_kind::auto_close};
      queue.push(t);
      plain.push_back(t);
      if (dice.chance(25)) {
        const auto least = std::min_element(plain.begin(), plain.end());
        REQUIRE(same(queue.top(), *least));
        queue.pop();
        plain.erase(least);
      }
    }
    if (dice.chance(50)) {
      const auto stands = [](const timer& t) { return t.number % 3 != 0; };
      queue.sweep(stands);
      std::erase_if(plain, [&](const timer& t) { return !stands(t); });
    }
    REQUIRE(queue.size() == plain.size());
    std::sort(plain.begin(), plain.end());
    for (const timer& t : plain) {
      REQUIRE(same(queue.top(), t));
      queue.pop();
    }
    CHECK(queue.empty());
  }
}

TEST_CASE("after making room the pushes allocate nothing") {
  timer_queue queue;
  queue.make_room(100);
  const timer* before = queue.all().data();
  for (std::uint64_t i = 1; i <= 100; ++i) queue.push({{1}, i, i, timer_kind::auto_close});
  CHECK(queue.all().data() == before);
}
