// Who is on call at an instant: what a schedule answers, and what an escalation asks.
#pragma once

#include <vector>

#include <tocsin/base/lexicon.hpp>

namespace tocsin::inline v1 {

// By key, rising; nobody twice. Shadows hear but are not counted, and are none of those who are on call.
struct on_call {
  std::vector<person_ref> people;
  std::vector<person_ref> shadows;

  friend bool operator==(const on_call&, const on_call&) = default;
};

}  // namespace tocsin::inline v1
