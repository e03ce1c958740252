#include <tocsin/change/change_window.hpp>

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

constexpr instant eight{INT64_C(1795334400000000)};  // 2026-11-22T08:00:00Z

// Hours after eight.
constexpr change_window between(int from, int to) { return {eight + from * hour, eight + to * hour}; }
constexpr instant at(int hours) { return eight + hours * hour; }

}  // namespace

TEST_CASE("windows overlap where they have an instant in common, whichever begins first (R-P12)") {
  CHECK(overlap(between(0, 2), between(1, 3)));
  CHECK(overlap(between(1, 3), between(0, 2)));
  CHECK(overlap(between(0, 4), between(1, 2)));
  CHECK(overlap(between(1, 2), between(1, 2)));
  CHECK_FALSE(overlap(between(0, 1), between(2, 3)));
  CHECK_FALSE(overlap(between(0, 1), between(1, 2)));
}

TEST_CASE("what is not given overlaps nothing, and what has not ended all that comes") {
  CHECK_FALSE(overlap({}, between(0, 1)));
  CHECK_FALSE(overlap({eight, no_instant}, between(0, 1)));
  CHECK(overlap({at(0), never}, between(100, 101)));
  CHECK_FALSE(overlap({at(1), never}, between(0, 1)));
}

TEST_CASE("an instant lies in a window after its beginning and before its end") {
  CHECK(overlap(between(0, 2), between(1, 1)));
  CHECK_FALSE(overlap(between(0, 2), between(0, 0)));
  CHECK_FALSE(overlap(between(0, 2), between(2, 2)));
}

TEST_CASE("windows that overlap have from the later beginning to the earlier end in common") {
  CHECK(common(between(0, 2), between(1, 3)) == between(1, 2));
  CHECK(common(between(1, 2), between(0, 4)) == between(1, 2));
  CHECK(common({at(1), never}, between(0, 4)) == between(1, 4));
}

TEST_CASE("a window is near before an onset up to the onset itself, and no longer than it is looked back (R-P12)") {
  CHECK(touches(between(1, 2), at(0), at(3)));
  CHECK(touches(between(3, 4), at(0), at(3)));
  CHECK(touches(between(-2, 1), at(0), at(3)));
  CHECK(touches(between(-2, 9), at(0), at(3)));
  CHECK_FALSE(touches(between(-2, 0), at(0), at(3)));
  CHECK_FALSE(touches({at(3) + microsecond, at(4)}, at(0), at(3)));
  CHECK_FALSE(touches({}, at(0), at(3)));
}
