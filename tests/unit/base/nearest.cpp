#include <tocsin/base/nearest.hpp>

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("the nearest names are a few slips away, the nearest first") {
  constexpr std::string_view names[] = {"network", "net", "desk", "Desk", "priority", "custom.site", "site.custom"};
  CHECK(nearest("netz", names) == std::vector<std::string_view>{"net"});
  CHECK(nearest("dsek", names) == std::vector<std::string_view>{"desk", "Desk"});
  CHECK(nearest("prio", names) == std::vector<std::string_view>{"priority"});
  CHECK(nearest("impact", names).empty());
  CHECK(nearest("site", names) == std::vector<std::string_view>{"custom.site", "site.custom"});
  CHECK(nearest("", names).empty());
  CHECK(nearest("desk", names, 1) == std::vector<std::string_view>{"desk"});
}

TEST_CASE("alternatives are quoted, and the last comes after an or") {
  constexpr std::string_view names[] = {"a", "b", "c"};
  CHECK(either(std::span(names).first(1)) == "\"a\"");
  CHECK(either(names) == "\"a\", \"b\" or \"c\"");
}
