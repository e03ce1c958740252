#include "fold.hpp"

#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>

#include "incident/fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

void remove_links(incident& record, auto matches) { std::erase_if(record.own<record_links>().links, matches); }

}  // namespace

void mark_child(incident& record, bool record_link::* mark, bool value) {
  const std::vector<record_link>& links = links_of(record);
  const record_link* parent = find_link(links, link_kind::child_of);
  if (!parent || parent->*mark == value) return;
  const auto place = parent - links.data();
  record.own<record_links>().links[static_cast<std::size_t>(place)].*mark = value;
}

void fold(incident& record, const records_linked& e, const fold_context&) {
  record.own<record_links>().links.push_back({e.kind, e.other, e.outside, e.outside_key});
}

void fold(incident& record, const records_unlinked& e, const fold_context&) {
  const record_link gone{e.kind, e.other, e.outside, e.outside_key};
  remove_links(record, [&](const record_link& link) { return same_link(link, gone); });
}

void fold(incident& record, const duplicates_gained& e, const fold_context&) {
  std::vector<record_link>& links = record.own<record_links>().links;
  for (const record_ref duplicate : e.duplicates) links.push_back({link_kind::has_duplicate, duplicate});
}

void fold(incident& record, const duplicates_lost& e, const fold_context&) {
  remove_links(record, [&](const record_link& link) {
    return link.kind == link_kind::has_duplicate && std::ranges::find(e.duplicates, link.record) != e.duplicates.end();
  });
}

void fold(incident& record, const original_changed& e, const fold_context&) {
  for (record_link& link : record.own<record_links>().links) {
    if (link.kind == link_kind::duplicate_of) link.record = e.original;
  }
}

void fold(incident& r, const duplicate_marked& e, const fold_context& c) {
  end_record(r, e.state, e.state_kind, c.at);
  r.own<record_links>().links.push_back({link_kind::duplicate_of, e.original});
}

}  // namespace tocsin::inline v1
