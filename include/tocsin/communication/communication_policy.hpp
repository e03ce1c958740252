// Who is told of an incident, how often, by which channels, and what somebody else must approve before: rules that are
// data (M2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/major_incident/major_incident_policy.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t audiences_max = 20;          // of one policy
inline constexpr std::size_t audience_named_max = 1'000;  // people, and teams, that it names for one audience
inline constexpr std::size_t audience_channels_max = 4;   // each once
inline constexpr std::size_t update_templates_max = 100;  // of one policy
}  // namespace limits

enum class communication_channel : std::uint8_t { unset, mail, chat, sms, status_page };
std::span<const std::string_view> choices(communication_channel);

struct communication_audience {
  std::string key;
  std::string name;
  tocsin::visibility visibility = visibility::unset;
  std::vector<std::string> people;  // keys
  std::vector<std::string> teams;   // keys: their members when something is sent
  bool affected_customers = false;  // customers of what the incident affects, when something is sent
  std::vector<update_cadence> update_every;
  bool approval = false;  // by somebody else than the author; of what everyone sees, always
  std::vector<communication_channel> channels;
  duration remind_before;  // whoever writes updates is reminded so long before one is due; none: they are not

  static std::span<const field_row> fields();
};

// What an update begins with; what its draft says itself comes first. Texts are templates (rule/template_text.hpp).
struct update_template {
  std::string key;
  std::string name;
  update_stage stage = update_stage::unset;
  std::string title;
  std::string known;
  std::string impact;
  std::string workaround;

  static std::span<const field_row> fields();
};

struct communication_policy {
  std::string key;  // "incident" is the one that incidents go by
  std::string name;
  std::vector<communication_audience> audiences;
  std::string owner_role;  // of the response: whoever is told that an update is late; none: `communication`
  bool retired = false;    // nothing is drafted or published any more, and no update is due
  std::vector<update_template> templates;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each.
std::vector<std::string> lint(const communication_policy& definition);

// Null: there is none with that key.
const communication_audience* find_audience(const communication_policy& policy, std::string_view key);

// Null: there is none with that key.
const update_template* find_template(const communication_policy& policy, std::string_view key);

// Must somebody else approve what this audience is told?
bool needs_approval(const communication_audience& audience);

// How often it is told of an open incident. A severity that is listed counts for every incident, the interval of all
// others for major ones alone. Nothing: no update is ever due.
duration cadence_of(const communication_audience& audience, severity of, bool is_major);

}  // namespace tocsin::inline v1
