// Metrics against what records say of themselves, after random lives (R1, R2).
#include <doctest/doctest.h>

#include <tocsin/metric/questions.hpp>
#include <tocsin/model/link.hpp>

#include <algorithm>

#include "unit/desk/random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

json of_resolution(const char* key, const char* cycle, bool without_holds) {
  return {{"key", key}, {"start", "opened"}, {"stop", "resolved"}, {"cycle", cycle}, {"without_holds", without_holds}};
}

metric_answer asked(const desk& d, std::string_view key) {
  metric_query query;
  query.metric = {d.state().words.find(word_kind::metric, key)};
  return measure(d, query);
}

// Neither requests nor watches, neither cancelled ones nor those that stand for another.
bool counts(const desk& d, const incident& r) {
  const auto& links = links_of(r);
  return d.state().definitions.base_of(r) == record_base::incident && r.state_kind != state_kind::cancelled &&
         count_links(links, link_kind::duplicate_of) == 0 && count_links(links, link_kind::child_of) == 0;
}

struct plain_figures {
  std::vector<duration> to_resolve;
  std::vector<duration> without_holds;
  std::uint64_t unfinished = 0;
};

plain_figures plainly(const desk& d) {
  plain_figures f;
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    const incident_ptr r = d.find({id});
    if (!r || !counts(d, *r)) continue;
    if (is_open(r->state_kind)) {
      ++f.unfinished;
    } else if (is_set(r->resolved_at)) {
      f.to_resolve.push_back(r->resolved_at - r->opened_at);
      f.without_holds.push_back(r->resolved_at - r->opened_at - r->held_time);
    }
  }
  std::ranges::sort(f.to_resolve);
  std::ranges::sort(f.without_holds);
  return f;
}

void check_same(const metric_answer& found, const std::vector<duration>& times, std::uint64_t unfinished) {
  CHECK(found.total.times.count == times.size());
  CHECK(found.total.unfinished == unfinished);
  CHECK(found.total.times.mean.has_value() == !times.empty());
  if (times.empty()) return;
  std::int64_t sum = 0;
  for (const duration t : times) sum += t.us;
  CHECK(found.total.times.mean->us == sum / static_cast<std::int64_t>(times.size()));
  CHECK(*found.total.times.p90 == times[(times.size() * 9 + 9) / 10 - 1]);
}

}  // namespace

TEST_CASE("times by metrics are those that the records' own instants give, after random lives (R1, R-C36)") {
  std::size_t resolved = 0;
  for (const std::uint64_t seed : {11u, 12u, 13u, 14u}) {
    CAPTURE(seed);
    desk d = office::furnished();
    office::tell(d, office::command("publish", "2026-11-23T07:01:00Z", "host",
                                    {{"metrics",
                                      {of_resolution("all", "last", false), of_resolution("work", "last", true),
                                       of_resolution("sum", "sum", false)}}}));
    office::play(d, office::random_script(seed, 25, true), 500, [&](int i) {
      if (i % 50 != 49) return;
      const plain_figures expected = plainly(d);
      check_same(asked(d, "all"), expected.to_resolve, expected.unfinished);
      check_same(asked(d, "work"), expected.without_holds, expected.unfinished);
      const metric_answer sum = asked(d, "sum");
      CHECK(sum.total.times.count == expected.to_resolve.size());
      if (sum.total.times.mean) CHECK(*sum.total.times.mean <= *asked(d, "all").total.times.mean);
      resolved += expected.to_resolve.size();
    });
  }
  CHECK(resolved > 50);
}
