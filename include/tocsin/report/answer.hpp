// Questions as documents: a JSON object with "query" and that query's fields goes in, a JSON object comes out.
#pragma once

#include <string>
#include <string_view>

#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

// What stands beside a question's own fields: the actor who asks, and sees what they may (D9).
struct asker {
  person_ref actor;

  static std::span<const field_row> fields();
};

std::string answer_document(const desk& d, std::string_view query);

}  // namespace tocsin::inline v1
