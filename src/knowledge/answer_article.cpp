// How often articles of the host were of use.
#include <tocsin/desk/query.hpp>
#include <tocsin/knowledge/article.hpp>

#include "answer.hpp"

#include <algorithm>
#include <map>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t articles_by_default = 100;

struct article_use {
  linked_article last;
  std::int64_t count = 0;
  std::vector<std::pair<instant, std::uint64_t>> records;  // when it was linked, and its number
};

bool is_later(const article_use& a, const article_use& b) {
  return a.count != b.count ? a.count > b.count : a.last.key < b.last.key;
}

void write_use(const answer_context& c, article_use& use) {
  c.to.begin_object();
  c.write("key", use.last.key);
  c.write_if_given("title", use.last.title);
  c.write_if_given("url", use.last.url);
  c.to.member("use_count", use.count);
  c.write("last_linked_at", use.last.linked_at);
  std::ranges::sort(use.records, std::greater<>());
  c.to.key("records");
  c.to.begin_array();
  for (std::size_t i = 0; i < std::min(use.records.size(), limits::article_records_max); ++i) {
    c.to.text(c.d.show_number(use.records[i].second));
  }
  c.to.end_array();
  c.to.end_object();
}

}  // namespace

std::span<const field_row> articles_query::fields() {
  using self = articles_query;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "That article alone", one_line, max_length(limits::key_length_max)),
      row<&self::condition>("condition", "Condition on the records, in JsonLogic's syntax"),
      row<&self::from>("from", "Linked then or later"),
      row<&self::until>("until", "And before then; none: up to now"),
      row<&self::limit>("limit", "So many are listed; 100 where nothing is given",
                        range{1, limits::articles_listed_max}),
  };
  return rows;
}

void answer(const answer_context& c, const articles_query& query) {
  std::map<std::string, article_use, std::less<>> uses;
  const record_filter counts(c.d, query.condition, c.asked, c.actor());
  each_record(c.d, {}, [&](const incident_ptr& record) {
    const std::vector<linked_article>& all = articles_of(*record);
    if (all.empty() || !counts(*record)) return true;
    for (const linked_article& one : all) {
      if (!query.key.empty() && one.key != query.key) continue;
      if ((is_set(query.from) && one.linked_at < query.from) || (is_set(query.until) && one.linked_at >= query.until)) {
        continue;
      }
      article_use& use = uses[one.key];
      if (use.count == 0 || one.linked_at >= use.last.linked_at) use.last = one;
      ++use.count;
      use.records.emplace_back(one.linked_at, record->number);
    }
    return true;
  });
  std::vector<article_use> found;
  for (auto& [key, use] : uses) found.push_back(std::move(use));
  std::ranges::sort(found, is_later);
  const auto limit = static_cast<std::size_t>(query.limit == 0 ? articles_by_default : query.limit);
  c.to.begin_object();
  c.to.key("articles");
  c.to.begin_array();
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) write_use(c, found[i]);
  c.to.end_array();
  if (found.size() > limit) c.to.member("not_listed", static_cast<std::int64_t>(found.size() - limit));
  c.to.end_object();
}

}  // namespace tocsin::inline v1
