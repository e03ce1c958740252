// Questions as documents: a JSON object with "query" and that query's fields goes in, a JSON object comes out.
#pragma once

#include <string>
#include <string_view>

#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

std::string answer_document(const desk& d, std::string_view query);

}  // namespace tocsin::inline v1
