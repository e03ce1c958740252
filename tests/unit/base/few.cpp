#include <tocsin/base/few.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using tocsin::few;

namespace {

bool same(const few<std::string>& list, const std::vector<std::string>& plain) {
  return list.size() == plain.size() && list.empty() == plain.empty() && std::ranges::equal(list, plain) &&
         (plain.empty() || (list.front() == plain.front() && list.back() == plain.back()));
}

}  // namespace

TEST_CASE("a list of few is a list, whatever is added, copied, moved and assigned") {
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return random() % n; };
  for (int round = 0; round < 200; ++round) {
    std::vector<few<std::string>> lists(4);
    std::vector<std::vector<std::string>> plain(4);
    for (int step = 0; step < 30; ++step) {
      const std::size_t to = below(4);
      const std::size_t from = below(4);
      switch (below(5)) {
        case 0:
          lists[to] = lists[from];
          plain[to] = plain[from];
          break;
        case 1:
          lists[to] = few<std::string>(std::as_const(lists[from]));
          plain[to] = plain[from];
          break;
        case 2:
          lists[to] = {};
          plain[to] = {};
          break;
        case 3:
          lists[to].emplace_back() = "made";
          plain[to].emplace_back() = "made";
          break;
        default:
          lists[to].push_back("item " + std::to_string(step));
          plain[to].push_back("item " + std::to_string(step));
      }
      for (std::size_t i = 0; i < lists.size(); ++i) REQUIRE(same(lists[i], plain[i]));
      if (!plain[to].empty()) CHECK(lists[to][plain[to].size() - 1] == plain[to].back());
    }
  }
}

TEST_CASE("a list of one stands in itself") {
  struct holder {
    few<std::int64_t> numbers;
  };
  holder h;
  h.numbers.push_back(5);
  const auto* begin = reinterpret_cast<const char*>(&h);
  const auto* item = reinterpret_cast<const char*>(h.numbers.begin());
  CHECK(item >= begin);
  CHECK(item < begin + sizeof(h));
}
