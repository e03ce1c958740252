#include <tocsin/base/one_of_members.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace {

// Counts how many of it there are, and refuses to be copied when told.
struct counted {
  static inline int alive = 0;
  static inline bool refuses = false;
  std::string text;

  counted() { ++alive; }
  explicit counted(std::string t) : text(std::move(t)) { ++alive; }
  counted(const counted& other) : text(other.text) {
    if (refuses) throw std::runtime_error("no copy");
    ++alive;
  }
  counted(counted&& other) noexcept : text(std::move(other.text)) { ++alive; }
  counted& operator=(const counted&) = delete;
  counted& operator=(counted&&) = delete;
  ~counted() { --alive; }
};

struct wide {
  alignas(32) std::int64_t numbers[4] = {1, 2, 3, 4};
};

struct some_types : tocsin::types<std::monostate, counted, std::vector<std::string>, wide> {};
using some = tocsin::one_of<some_types>;

}  // namespace

TEST_CASE("one_of: begins empty, and says which type is there") {
  const some empty;
  CHECK(empty.index() == 0);
  CHECK(empty.holds<std::monostate>());
  CHECK(empty.get_if<counted>() == nullptr);
  CHECK_THROWS_AS(empty.get<counted>(), std::bad_variant_access);

  const some list = std::vector<std::string>{"a", "b"};
  CHECK(list.index() == 2);
  CHECK(list.get<std::vector<std::string>>().size() == 2);
  CHECK(some(wide()).get<wide>().numbers[3] == 4);
  CHECK(some::place_of<wide> == 3);
  CHECK_FALSE(some::knows<int>);
}

TEST_CASE("one_of: every value that began also ends, through copies, moves and assignments of all types") {
  {
    some a = counted("a");
    some b = a;
    CHECK(b.get<counted>().text == "a");
    b = std::vector<std::string>{"other"};
    CHECK(a.holds<counted>());
    some c = std::move(a);
    CHECK(c.get<counted>().text == "a");
    a = c;
    a = std::move(c);
    some& same = a;
    a = same;
    CHECK(a.get<counted>().text == "a");
    *static_cast<std::vector<std::string>*>(a.emplace(2)) = {"fresh"};
    CHECK(a.get<std::vector<std::string>>().front() == "fresh");
    CHECK(static_cast<const void*>(a.get_if<std::vector<std::string>>()) == a.address());
    b.emplace(1);
    CHECK(b.get<counted>().text.empty());
    CHECK(reinterpret_cast<std::uintptr_t>(some(wide()).address()) % alignof(wide) == 0);
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("one_of: a copy that fails leaves what was there") {
  {
    const some source = counted("source");
    some target = std::vector<std::string>{"kept"};
    counted::refuses = true;
    CHECK_THROWS_AS(target = source, std::runtime_error);
    CHECK_THROWS_AS(some{source}, std::runtime_error);
    counted::refuses = false;
    CHECK(target.get<std::vector<std::string>>().front() == "kept");
    CHECK(counted::alive == 1);
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("one_of: visiting meets the value as the type that it is of") {
  const auto name = [](const auto& value) -> std::string {
    using type = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<type, counted>) return "counted " + value.text;
    return std::is_same_v<type, wide> ? "wide" : "other";
  };
  CHECK(some(counted("x")).visit(name) == "counted x");
  CHECK(some(wide()).visit(name) == "wide");
  CHECK(some().visit(name) == "other");
}
