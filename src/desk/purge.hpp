// Records that are over for long, and the entries that speak of nothing else: which may go, and what proves that they were.
#pragma once

#include <string>
#include <vector>

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

class deciding;
struct purge_records;

void decide(const purge_records& c, deciding& d);

// Numbers, rising, as runs.
std::vector<number_span> spans_of(const std::vector<std::uint64_t>& rising);

template <class Visit>
void each_number(const std::vector<number_span>& spans, Visit visit) {
  for (const number_span& span : spans) {
    for (std::uint64_t number = span.first; number <= span.last; ++number) visit(number);
  }
}

// SHA-256, in hexadecimal: before each run, and for each entry of it, sequence and hash. So what is left of the chain is
// held to what it was, also across the gaps.
std::string gaps_digest(const std::vector<number_span>& runs, const store& where);

}  // namespace tocsin::inline v1
