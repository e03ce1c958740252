// "a playbook", "an automation_rule": for messages.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::inline v1 {

inline std::string with_article(std::string_view noun) {
  const bool begins_with_vowel = std::string_view("aeio").find(noun.empty() ? 'x' : noun[0]) != std::string_view::npos;
  return (begins_with_vowel ? "an " : "a ") + std::string(noun);
}

}  // namespace tocsin::inline v1
