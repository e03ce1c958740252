#include <tocsin/base/json_lines.hpp>

#include <doctest/doctest.h>

#include <string>

#include <tocsin/base/error.hpp>

using namespace tocsin;

TEST_CASE("the first of \"define\" and \"operation\" says what a line is") {
  CHECK(kind_of_line(R"({"define":"a","operation":"b"})").defines);
  CHECK(kind_of_line(R"({"define":"a"})").name == "a");
  CHECK_FALSE(kind_of_line(R"({"operation":"b","define":"a"})").defines);
  CHECK(kind_of_line(R"({"x":{"define":"a"},"operation":"b"})").name == "b");
  CHECK_FALSE(kind_of_line(R"([{"define":"a"}])").defines);
  CHECK(kind_of_line(R"({"define":1})").name.empty());
  CHECK(kind_of_line("nonsense").name.empty());
}

TEST_CASE("each line has its answer, and what is thrown at one is its own") {
  int count = 0;
  const line_executor execute = [&](std::string_view line) -> std::string {
    if (line == "2") throw error(status::not_found, "test.two", "no two here");
    return std::to_string(++count);
  };
  CHECK(answer_lines("", "1\n\n \t\r\n 2\r\n3", 10, "test.too_many", execute) ==
        "1\n{\"error\":{\"status\":\"not_found\",\"reason\":\"test.two\",\"message\":\"no two "
        "here\",\"detail\":{}}}\n2\n");
  try {
    answer_lines("1\n2", "1", 10, "test.too_many", execute);
    FAIL("it was not refused");
  } catch (const error& e) {
    CHECK(e.code() == status::not_found);
    CHECK(e.detail() == "{\"line\":2}");
  }
}

TEST_CASE("more lines than the limit are refused before any is answered") {
  std::string lines;
  for (std::size_t i = 0; i <= limits::answered_lines_max; ++i) lines += "1\n";
  bool answered = false;
  const line_executor execute = [&](std::string_view) -> std::string { return answered = true, ""; };
  CHECK_THROWS_WITH_AS(answer_lines("", lines, limits::answered_lines_max, "test.too_many", execute),
                       doctest::Contains("more than 1000000 lines"), error);
  CHECK_FALSE(answered);
}
