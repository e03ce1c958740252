#include <tocsin/communication/status_page.hpp>

#include <algorithm>
#include <set>

#include "base/web_address.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};
constexpr max_length short_text{1000};

std::string quoted_text(std::string_view text) { return '"' + std::string(text) + '"'; }

void lint_component(const status_component& one, const std::string& place, std::vector<std::string>& findings) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < one.items.size(); ++i) {
    if (seen.insert(one.items[i]).second) continue;
    findings.push_back(place + "/items/" + std::to_string(i) + ": " + quoted_text(one.items[i]) + " is there twice");
  }
}

}  // namespace

std::span<const std::string_view> choices(shown_incidents) {
  static constexpr std::string_view all[] = {"published", "all"};
  return all;
}

std::span<const field_row> status_component::fields() {
  using self = status_component;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the component", required, one_line, key_length),
      row<&self::name>("name", "Name as everyone reads it", required, one_line),
      row<&self::group>("group", "Name of the group that it stands in", one_line),
      row<&self::description>("description", "What it is", one_line, short_text),
      row<&self::items>("items", "Keys of the services and configuration items that it stands for",
                        max_length(limits::component_items_max)),
      row<&self::since>("since", "Nothing is known of it before then; none: it was always there"),
  };
  return rows;
}

std::span<const field_row> status_page::fields() {
  using self = status_page;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the page", required, one_line, key_length),
      row<&self::name>("name", "Name as everyone reads it", required, one_line),
      row<&self::url>("url", "Where it is published, beginning with https://", one_line, short_text),
      row<&self::components>("components", "What it shows, in this order", max_length(limits::page_components_max)),
      row<&self::shows>("shows",
                        "Components follow from incidents with a published update (published, where nothing is given), "
                        "or from all"),
      row<&self::retired>("retired", "It is not shown any more"),
  };
  return rows;
}

std::span<const field_row> status_override::fields() {
  using self = status_override;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the override", required, one_line, key_length),
      row<&self::page>("page", "Key of the page", required, one_line, key_length),
      row<&self::component>("component", "Key of the component", required, one_line, key_length),
      row<&self::status>("status", "Status that it has, whatever follows from incidents", required),
      row<&self::from>("from", "Its beginning", required),
      row<&self::until>("until", "Its end", required),
      row<&self::reason>("reason", "Why; no page shows it", one_line, short_text),
      row<&self::by>("by", "Key of the person who said so", one_line, key_length),
      row<&self::withdrawn_at>("withdrawn_at", "It acts no more from then on"),
      row<&self::withdrawn_by>("withdrawn_by", "Key of the person who ended it", one_line, key_length),
  };
  return rows;
}

std::vector<std::string> lint(const status_page& page) {
  std::vector<std::string> findings;
  if (!page.url.empty() && !is_web_address(page.url)) {
    findings.push_back("url: allowed is " + std::string(web_address_allowed));
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < page.components.size(); ++i) {
    const status_component& one = page.components[i];
    const std::string place = "components/" + std::to_string(i);
    if (!seen.insert(one.key).second) findings.push_back(place + "/key: " + quoted_text(one.key) + " is there twice");
    lint_component(one, place, findings);
  }
  return findings;
}

std::vector<std::string> lint(const status_override& one) {
  std::vector<std::string> findings;
  if (one.until <= one.from) findings.emplace_back("until: it ends before it begins");
  if (one.until > one.from + limits::override_within) findings.emplace_back("until: an override lasts 30 days at most");
  return findings;
}

const status_component* find_component(const status_page& page, std::string_view key) {
  const auto found = std::ranges::find(page.components, key, &status_component::key);
  return found == page.components.end() ? nullptr : &*found;
}

bool is_in_force(const status_override& one, instant at) {
  return one.from <= at && at < one.until && !(is_set(one.withdrawn_at) && one.withdrawn_at <= at);
}

}  // namespace tocsin::inline v1
