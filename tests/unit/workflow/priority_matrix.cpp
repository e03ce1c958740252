#include <doctest/doctest.h>

#include <tocsin/workflow/priority_matrix.hpp>

using namespace tocsin;

TEST_CASE("priority is a pure function of impact and urgency by the built-in matrix (L6, R-P06)") {
  const priority_matrix& m = built_in_priority_matrix();
  CHECK(priority_of(m, impact::high, urgency::high) == priority::critical);
  CHECK(priority_of(m, impact::high, urgency::medium) == priority::high);
  CHECK(priority_of(m, impact::medium, urgency::high) == priority::high);
  CHECK(priority_of(m, impact::medium, urgency::medium) == priority::moderate);
  CHECK(priority_of(m, impact::low, urgency::high) == priority::moderate);
  CHECK(priority_of(m, impact::low, urgency::medium) == priority::low);
  CHECK(priority_of(m, impact::low, urgency::low) == priority::low);
  CHECK(priority_of(m, impact::medium, urgency::low) == priority::low);
  CHECK(priority_of(m, impact::unset, urgency::high) == priority::unset);
}

TEST_CASE("the linter reports cells that are missing, given twice or not monotone (L6, R-C01)") {
  CHECK(lint(built_in_priority_matrix()).empty());
  priority_matrix m = built_in_priority_matrix();
  SUBCASE("missing") {
    m.cells.pop_back();
    REQUIRE(lint(m).size() == 1);
    CHECK(lint(m)[0] == "no cell for impact low with urgency low");
  }
  SUBCASE("twice") {
    m.cells.push_back(m.cells[0]);
    CHECK(lint(m)[0] == "2 cells for impact high with urgency high");
  }
  SUBCASE("not monotone") {
    m.cells[0].priority = priority::low;
    CHECK(lint(m).size() > 1);
  }
}
