#include "fold.hpp"

#include <tocsin/knowledge/events.hpp>
#include <tocsin/model/known_error.hpp>

#include "incident/fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::uint32_t* count_of(incident_known_error& known, known_error_outcome outcome) {
  if (outcome == known_error_outcome::unset) return nullptr;
  return outcome == known_error_outcome::helped ? &known.helped_count : &known.not_helped_count;
}

}  // namespace

void fold(incident& record, const known_error_published& e, const fold_context&) {
  incident_known_error& known = record.own<incident_known_error>();
  known.revision = e.revision;
  known.symptoms = e.symptoms;
  known.cause = e.cause;
  known.workaround = e.workaround;
  known.solution = e.solution;
  known.error_codes = e.error_codes;
  known.affected_services = e.affected_services;
  known.affected_versions = e.affected_versions;
  known.valid_until = e.valid_until;
  known.review_at = e.review_at;
  record.category = e.category;
  if (record.text->title != e.title) record.own_text().title = e.title;
}

void fold(incident& r, const known_error_retired& e, const fold_context& c) {
  end_record(r, e.state, e.state_kind, c.at);
  r.own<incident_known_error>().superseded_by = e.superseded_by;
}

void fold(incident& record, const known_error_linked& e, const fold_context& c) {
  std::vector<applied_known_error>& all = record.own<record_known_errors>().known_errors;
  const auto found = std::ranges::find(all, e.known_error, &applied_known_error::known_error);
  if (found == all.end()) {
    all.push_back({e.known_error, e.revision, e.outcome, c.at, c.entry.actor});
  } else {
    found->outcome = e.outcome;
  }
}

void fold(incident& record, const known_error_used& e, const fold_context&) {
  incident_known_error& known = record.own<incident_known_error>();
  if (!e.again) ++known.use_count;
  if (std::uint32_t* before = count_of(known, e.before)) --*before;
  if (std::uint32_t* now = count_of(known, e.outcome)) ++*now;
}

void erase(incident_known_error& known, bool texts) {
  if (!texts) return;
  for (std::string* text : {&known.symptoms, &known.cause, &known.workaround, &known.solution}) text->clear();
}

void fold(incident& record, const article_linked& e, const fold_context& c) {
  std::vector<linked_article>& all = record.own<record_articles>().articles;
  const auto found = std::ranges::find(all, e.key, &linked_article::key);
  if (found == all.end()) {
    all.push_back({e.key, e.title, e.url, c.at, c.entry.actor});
  } else {
    found->title = e.title;
    found->url = e.url;
  }
}

void fold(incident& record, const article_unlinked& e, const fold_context&) {
  std::erase_if(record.own<record_articles>().articles, [&](const linked_article& one) { return one.key == e.key; });
}

void erase(record_articles& articles, bool texts) {
  if (!texts) return;
  for (linked_article& one : articles.articles) {
    one.title.clear();
    one.url.clear();
  }
}

}  // namespace tocsin::inline v1
