// Why a condition holds or does not, with what it saw, as JSON.
#pragma once

#include <string>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

inline std::string explained(const condition& asked, const condition_data& data, instant now) {
  json_writer to;
  write_explanation(to, explain(asked, data, now));
  return to.take();
}

}  // namespace tocsin::inline v1
