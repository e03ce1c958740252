#include <tocsin/base/sole_owner.hpp>

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <thread>
#include <utility>

// What forks do with the pages and the parts of records: look at them, and let go.
TEST_CASE("what another thread let go of may be changed where it is") {
  using page = std::array<std::shared_ptr<const int>, 8>;
  auto mine = std::make_shared<page>();
  for (int round = 1; round <= 500; ++round) {
    int seen = 0;
    std::thread other([&seen, shared = mine]() mutable {
      for (const auto& each : *shared) seen += each ? *each : 0;
      shared.reset();
    });
    if (round % 2 == 0) {
      mine = std::make_shared<page>(*mine);
      CHECK(tocsin::is_sole_owner(mine));
    }
    while (!tocsin::is_sole_owner(mine)) std::this_thread::yield();
    for (auto& each : *mine) each = std::make_shared<const int>(round);
    other.join();
    CHECK(seen == 8 * (round - 1));
  }
}

TEST_CASE("what is shared, or is not there, has no sole owner") {
  auto one = std::make_shared<int>(1);
  CHECK(tocsin::is_sole_owner(one));
  const auto two = one;
  CHECK(!tocsin::is_sole_owner(one));
  CHECK(!tocsin::is_sole_owner(std::shared_ptr<int>()));
}
