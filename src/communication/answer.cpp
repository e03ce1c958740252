// What a status page shows: nothing of restricted records, no word that was not published, components as they follow
// from incidents, from maintenance windows and from what was said by hand (M2).
#include "answer.hpp"

#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/rendering.hpp>
#include <tocsin/communication/status_page.hpp>
#include <tocsin/communication/status_view.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/service/record_outage.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// An item of a component that the graph has.
struct placed_item {
  std::size_t component = 0;
  item_number item = no_item;
};

class page_reader {
 public:
  page_reader(const answer_context& c, const desk_state& known, const status_page& page, instant at)
      : c_(c),
        known_(known),
        page_(page),
        at_(at),
        graph_(known.definitions.service_graph ? *known.definitions.service_graph : no_graph()),
        analysis_(graph_),
        outages_(page.components.size()) {
    for (std::size_t place = 0; place < page.components.size(); ++place) {
      for (const std::string& key : page.components[place].items) {
        const item_number item = graph_.find(key);
        if (item != no_item) items_.push_back({place, item});
      }
    }
  }

  status_view read(const public_status_query& query) {
    view_ = {.key = page_.key, .name = page_.name, .url = page_.url, .at = at_};
    find_conditions open;
    open.open.value = 1;
    read_records(query, open);
    find_conditions resolved;
    resolved.resolved_at = {uptime_begin(at_), never};
    read_records(query, resolved);
    add_components();
    apply_overrides();
    put_in_order();
    return std::move(view_);
  }

 private:
  static const service_graph& no_graph() {
    static const service_graph none;
    return none;
  }

  std::string_view service_key(service_ref service) const {
    return c_.d.state().words.word(word_kind::service, service.index);
  }

  // ---- records

  void read_records(const public_status_query& query, const find_conditions& where) {
    each_record_as_of(c_.d, query.as_of, where, [&](const incident_ptr& then, const incident& now) {
      if (is_restricted(*then) || is_restricted(now)) return true;
      if (const auto* window = then->parts.find<incident_maintenance>()) {
        add_window(*then, *window);
      } else if (known_.definitions.base_of(*then) == record_base::incident) {
        add_incident(*then);
      }
      return true;
    });
  }

  // A window that names nothing is a time without events, not an agreement about each item.
  void add_window(const incident& record, const incident_maintenance& window) {
    if (is_final(record.state_kind) || window.maintenance_until <= at_) return;
    shown_maintenance shown{.number = c_.d.show_number(record.number),
                            .from = window.maintenance_from,
                            .until = window.maintenance_until,
                            .created_at = record.opened_at,
                            .updated_at = record.updated_at,
                            .under_way = window.maintenance_from <= at_};
    std::vector<std::string_view> agreed(window.maintenance_items.begin(), window.maintenance_items.end());
    for (const service_ref one : window.maintenance_services) agreed.push_back(service_key(one));
    for (const std::string_view key : agreed) {
      const item_number item = graph_.find(key);
      if (item == no_item) continue;
      if (shown.under_way) all_.maintenance.push_back(item);
      add_components_of(item, shown);
    }
    for (const std::string& key : window.maintenance_covers) add_components_of(graph_.find(key), shown);
    std::ranges::sort(shown.components);
    const auto doubled = std::ranges::unique(shown.components);
    shown.components.erase(doubled.begin(), doubled.end());
    if (!shown.components.empty()) view_.maintenances.push_back(std::move(shown));
  }

  void add_components_of(item_number item, shown_maintenance& to) const {
    for (const placed_item& placed : items_) {
      if (placed.item == item) to.components.push_back(placed.component);
    }
  }

  void add_incident(const incident& record) {
    const bool goes_on = is_open(record.state_kind);
    if (!goes_on && !is_set(record.resolved_at)) return;
    const std::vector<const update_draft*> said = on_status_pages(record.part_or_empty<record_communication>());
    if (page_.shows != shown_incidents::all && said.empty()) return;
    outage own;
    add_outage(record, service_key(record.service), graph_, own);
    const bool affects_nothing = own.failed.empty() && own.degraded.empty();
    const std::vector<component_condition> conditions = conditions_of(own);
    if (goes_on) add(own);
    add_times(record, conditions, goes_on ? at_ : record.resolved_at);
    if (!said.empty()) show(record, conditions, said, goes_on, affects_nothing);
  }

  void add(const outage& own) {
    all_.failed.insert(all_.failed.end(), own.failed.begin(), own.failed.end());
    all_.degraded.insert(all_.degraded.end(), own.degraded.begin(), own.degraded.end());
    all_.excluded.insert(all_.excluded.end(), own.excluded.begin(), own.excluded.end());
  }

  // Of each component, by place.
  std::vector<component_condition> conditions_of(const outage& said) {
    analysis_.compute_states(said);
    std::vector<std::vector<item_condition>> items(page_.components.size());
    for (const placed_item& one : items_) {
      const bool is_agreed = std::ranges::find(said.maintenance, one.item) != said.maintenance.end();
      const impact_state state = analysis_.state(one.item);
      const bool is_expected = state != impact_state::ok && analysis_.expected(one.item);
      items[one.component].push_back({state, is_agreed || is_expected});
    }
    std::vector<component_condition> conditions;
    for (const std::vector<item_condition>& of : items) conditions.push_back(condition_of(of));
    return conditions;
  }

  void add_times(const incident& record, const std::vector<component_condition>& conditions, instant until) {
    for (std::size_t place = 0; place < conditions.size(); ++place) {
      if (!is_worse(conditions[place].status, component_status::operational)) continue;
      outages_[place].push_back({record.opened_at, until, conditions[place].status});
    }
  }

  // On the pages that have a component which it affects; where it affects nothing that is known, on all of them.
  void show(const incident& record, const std::vector<component_condition>& conditions,
            const std::vector<const update_draft*>& said, bool goes_on, bool affects_nothing) {
    shown_incident shown{.number = c_.d.show_number(record.number), .started_at = record.opened_at};
    for (std::size_t place = 0; place < conditions.size(); ++place) {
      if (!is_worse(conditions[place].status, component_status::operational)) continue;
      shown.components.push_back(place);
      shown.worst = worse_of(shown.worst, conditions[place].status);
    }
    if (shown.components.empty() && !affects_nothing) return;
    shown.name = heading_of(said.back()->title, said.back()->known);
    shown.stage = goes_on ? said.back()->stage : update_stage::resolved;
    if (!goes_on) shown.resolved_at = record.resolved_at;
    for (const update_draft* one : said) shown.updates.insert(shown.updates.begin(), as_shown(*one));
    if (goes_on) {
      view_.incidents.push_back(std::move(shown));
    } else if (record.resolved_at + limits::past_incidents_within > at_) {
      view_.past.push_back(std::move(shown));
    }
  }

  static shown_update as_shown(const update_draft& draft) {
    const update_text text{{}, draft.title, draft.known, draft.impact, draft.workaround, draft.next_update_at};
    return {draft.draft, draft.stage, render(communication_channel::status_page, text).body, draft.published_at};
  }

  // ---- components

  // What one incident says is well may have failed by another.
  void keep_excluded() {
    std::erase_if(all_.excluded, [&](item_number item) {
      return std::ranges::find(all_.failed, item) != all_.failed.end() ||
             std::ranges::find(all_.degraded, item) != all_.degraded.end();
    });
  }

  void add_components() {
    keep_excluded();
    const std::vector<component_condition> conditions = conditions_of(all_);
    for (std::size_t place = 0; place < page_.components.size(); ++place) {
      const status_component& one = page_.components[place];
      view_.components.push_back({.key = one.key,
                                  .name = one.name,
                                  .group = one.group,
                                  .description = one.description,
                                  .since = one.since,
                                  .condition = conditions[place],
                                  .uptime = uptime_of(outages_[place], one.since, at_)});
    }
  }

  void apply_overrides() {
    const auto& all = known_.definitions.of<status_override>();
    for (std::uint32_t number = 1; number <= all.size(); ++number) {
      const status_override* const one = all.current(number);
      if (!one || one->page != page_.key || !is_in_force(*one, at_)) continue;
      const auto found = std::ranges::find(view_.components, one->component, &shown_component::key);
      if (found != view_.components.end()) found->condition = {one->status, false};
    }
  }

  static void newest_first(std::vector<shown_incident>& all) {
    std::ranges::sort(all, [](const shown_incident& a, const shown_incident& b) {
      return a.started_at != b.started_at ? a.started_at > b.started_at : a.number > b.number;
    });
  }

  void put_in_order() {
    newest_first(view_.incidents);
    newest_first(view_.past);
    if (view_.past.size() > limits::past_incidents_max) view_.past.resize(limits::past_incidents_max);
    std::ranges::sort(view_.maintenances, [](const shown_maintenance& a, const shown_maintenance& b) {
      return a.from != b.from ? a.from < b.from : a.number < b.number;
    });
  }

  const answer_context& c_;
  const desk_state& known_;
  const status_page& page_;
  instant at_;
  const service_graph& graph_;
  impact_analysis analysis_;
  std::vector<placed_item> items_;
  std::vector<std::vector<component_outage>> outages_;  // of each component, by place
  outage all_;                                          // what is said of items now
  status_view view_;
};

const status_page& page_of(const answer_context& c, const desk_state& known, status_page_ref ref) {
  const std::string_view key = c.d.state().words.word(word_kind::status_page, ref.index);
  const status_page* page = known.definitions.of<status_page>().current(known.words.find(word_kind::status_page, key));
  if (page && !page->retired) return *page;
  throw error(status::failed_precondition, "status_page.not_in_use",
              "the page \"" + std::string(key) + "\" is not in use, or was not then");
}

}  // namespace

std::span<const std::string_view> choices(status_form) {
  static constexpr std::string_view all[] = {"json", "html"};
  return all;
}

std::span<const field_row> public_status_query::fields() {
  using self = public_status_query;
  static constexpr field_row rows[] = {
      row<&self::page>("page", "Key of the status page", required),
      row<&self::as_of>("as_of", "As it was then; as it is now where none is given"),
      row<&self::form>("form", "json where none is given; html: a page, as a text"),
  };
  return rows;
}

void answer(const answer_context& c, const public_status_query& query) {
  const auto then = is_set(query.as_of) ? definitions_as_of(c.d, query.as_of) : nullptr;
  const desk_state& known = then ? *then : c.d.state();
  const instant at = is_set(query.as_of) ? query.as_of : c.d.state().counters.clock;
  const status_view view = page_reader(c, known, page_of(c, known, query.page), at).read(query);
  if (query.form != status_form::html) return write_summary(c.to, view);
  c.to.begin_object();
  c.to.member("html", html_of(view));
  c.to.end_object();
}

}  // namespace tocsin::inline v1
