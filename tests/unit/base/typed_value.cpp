#include <tocsin/base/typed_value.hpp>

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>

namespace {

struct kind : tocsin::value_type {
  int weight = 0;
};

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

  static const kind descriptor;
};

// Too large to stand where values stand.
struct large : counted {
  using counted::counted;
  std::array<std::int64_t, 100> numbers{1, 2, 3};

  static const kind descriptor;
};

std::span<const tocsin::field_row> no_fields() { return {}; }

const kind counted::descriptor{{1, "counted", "", no_fields, &tocsin::operations_of<counted>}, 10};
const kind large::descriptor{{2, "large", "", no_fields, &tocsin::operations_of<large>}, 20};

using some = tocsin::typed_value<kind>;

}  // namespace

TEST_CASE("typed_value: begins empty, and says by its row what it holds") {
  const some empty{};
  CHECK(empty.type() == nullptr);
  CHECK(empty.number() == 0);
  CHECK_FALSE(empty.holds<counted>());
  CHECK(empty.get_if<counted>() == nullptr);
  CHECK_THROWS_AS(empty.get<counted>(), std::bad_cast);

  const some one = counted("a");
  CHECK(one.type()->weight == 10);
  CHECK(one.number() == 1);
  CHECK(one.get<counted>().text == "a");
  CHECK(one.address() == one.get_if<counted>());
  CHECK(one.get_if<large>() == nullptr);
  CHECK(some(large("b")).get<large>().numbers[2] == 3);
}

TEST_CASE("typed_value: every value that began also ends, through copies, moves and assignments, small and large") {
  REQUIRE(counted::alive == 0);
  {
    std::vector<some> all;
    for (int i = 0; i < 20; ++i) {
      if (i % 2 == 0) {
        all.emplace_back(counted(std::to_string(i)));
      } else {
        all.emplace_back(large(std::to_string(i)));
      }
    }
    some copy = all[3];
    copy = all[4];
    CHECK(copy.get<counted>().text == "4");
    all[0] = std::move(all[1]);
    CHECK(all[0].get<large>().text == "1");
    CHECK(all[1].type() == nullptr);  // NOLINT: what was moved from is empty
    some* const self = &all[5];
    all[5] = std::move(*self);
    CHECK(self->get<large>().text == "5");
    all.erase(all.begin() + 2);
    all[6].clear();
    CHECK(all[6].type() == nullptr);
    static_cast<large*>(all[6].emplace(large::descriptor))->text = "fresh";
    CHECK(all[6].get<large>().text == "fresh");
    CHECK(counted::alive == 19);  // 20, less the moved and the erased, and the copy
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("typed_value: a copy that fails leaves what was there") {
  some a = counted("a");
  for (const some& b : {some(counted("b")), some(large("b"))}) {
    counted::refuses = true;
    CHECK_THROWS_AS(a = b, std::runtime_error);
    counted::refuses = false;
    CHECK(a.get<counted>().text == "a");
  }
}
