#include <doctest/doctest.h>

#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/vocabulary.hpp>

using namespace tocsin;

// The list of effects in tocsin.h is made by it.
TEST_CASE("the meaning of an event says whether it is an effect") {
  for (const event_type* type : event_types()) {
    INFO(type->name);
    CHECK(type->meaning.starts_with("Effect: ") == type->is_effect);
  }
}
