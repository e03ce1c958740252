#include <tocsin/communication/communication_policy.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/rule/template_text.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};
constexpr max_length named{limits::audience_named_max};

std::string quoted_text(std::string_view text) { return '"' + std::string(text) + '"'; }

void lint_channels(const communication_audience& one, const std::string& place, std::vector<std::string>& findings) {
  std::set<communication_channel> seen;
  for (std::size_t i = 0; i < one.channels.size(); ++i) {
    const communication_channel channel = one.channels[i];
    const std::string at = place + "/channels/" + std::to_string(i);
    if (!seen.insert(channel).second) findings.push_back(at + ": it is there twice");
    if (channel == communication_channel::status_page && one.visibility != visibility::everyone) {
      findings.push_back(at + ": a status page is seen by everyone, so the audience's visibility must be everyone");
    }
  }
}

void lint_cadence(const communication_audience& one, const std::string& place, std::vector<std::string>& findings) {
  std::set<severity> seen;
  for (std::size_t i = 0; i < one.update_every.size(); ++i) {
    const update_cadence& cadence = one.update_every[i];
    const std::string at = place + "/update_every/" + std::to_string(i);
    if (!seen.insert(cadence.severity).second) findings.push_back(at + "/severity: it is there twice");
    if (cadence.every < limits::update_every_min || cadence.every > limits::update_every_max) {
      findings.push_back(at + "/every: allowed is from a minute to 30 days");
    }
    if (one.remind_before.us != 0 && one.remind_before >= cadence.every) {
      findings.push_back(place + "/remind_before: allowed is less than each interval of update_every");
    }
  }
  if (one.remind_before.us < 0) findings.push_back(place + "/remind_before: allowed is no less than nothing");
}

void lint_templates(const std::vector<update_template>& all, std::vector<std::string>& findings) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const update_template& one = all[i];
    const std::string place = "templates/" + std::to_string(i);
    if (!seen.insert(one.key).second) findings.push_back(place + "/key: " + quoted_text(one.key) + " is there twice");
    const auto check = [&](const char* member, const std::string& text) {
      try {
        compile_template(text);
      } catch (const error& e) {
        findings.push_back(place + "/" + member + ": " + e.what());
      }
    };
    check("title", one.title);
    check("known", one.known);
    check("impact", one.impact);
    check("workaround", one.workaround);
  }
}

}  // namespace

std::span<const std::string_view> choices(communication_channel) {
  static constexpr std::string_view all[] = {"mail", "chat", "sms", "status_page"};
  return all;
}

std::span<const field_row> communication_audience::fields() {
  using self = communication_audience;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the audience", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::visibility>("visibility", "Who may see what it is told", required),
      row<&self::people>("people", "Keys of people who are told", named),
      row<&self::teams>("teams", "Keys of teams whose members are told", named),
      row<&self::affected_customers>("affected_customers", "Customers of what the incident affects are told"),
      row<&self::update_every>("update_every",
                               "How often it is told, by severity; the one without a severity is for all other major "
                               "incidents",
                               max_length(limits::update_cadences_max)),
      row<&self::approval>("approval", "Somebody else than the author must approve; of what everyone sees, always"),
      row<&self::channels>("channels", "How it is told", max_length(limits::audience_channels_max)),
      row<&self::remind_before>("remind_before", "How long before an update is due whoever writes it is reminded"),
  };
  return rows;
}

std::span<const field_row> update_template::fields() {
  using self = update_template;
  constexpr max_length full_text{limits::template_bytes_max};
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the template", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::stage>("stage", "How far the work on the incident is; none: as its state says"),
      row<&self::title>("title", "Heading, with places for values: {{name}}", one_line, full_text),
      row<&self::known>("known", "What is known", full_text),
      row<&self::impact>("impact", "What it means for those who are told", full_text),
      row<&self::workaround>("workaround", "What they can do meanwhile", full_text),
  };
  return rows;
}

std::span<const field_row> communication_policy::fields() {
  using self = communication_policy;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy; \"incident\" is the one that incidents go by", required, one_line,
                      key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::audiences>("audiences", "Who is told, and how", max_length(limits::audiences_max)),
      row<&self::owner_role>("owner_role",
                             "Role of the response whose holder is told that an update is late; none: communication",
                             one_line, key_length),
      row<&self::retired>("retired", "Nothing is drafted or published any more, and no update is due"),
      row<&self::templates>("templates", "What updates begin with", max_length(limits::update_templates_max)),
  };
  return rows;
}

std::vector<std::string> lint(const communication_policy& policy) {
  std::vector<std::string> findings;
  if (policy.key != "incident") findings.emplace_back("key: only \"incident\" is asked for");
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < policy.audiences.size(); ++i) {
    const communication_audience& one = policy.audiences[i];
    const std::string place = "audiences/" + std::to_string(i);
    if (!seen.insert(one.key).second) findings.push_back(place + "/key: " + quoted_text(one.key) + " is there twice");
    if (one.affected_customers && one.visibility == visibility::internal) {
      findings.push_back(place + "/affected_customers: customers are not told what is internal");
    }
    lint_channels(one, place, findings);
    lint_cadence(one, place, findings);
  }
  lint_templates(policy.templates, findings);
  return findings;
}

const communication_audience* find_audience(const communication_policy& policy, std::string_view key) {
  const auto found = std::ranges::find(policy.audiences, key, &communication_audience::key);
  return found == policy.audiences.end() ? nullptr : &*found;
}

const update_template* find_template(const communication_policy& policy, std::string_view key) {
  const auto found = std::ranges::find(policy.templates, key, &update_template::key);
  return found == policy.templates.end() ? nullptr : &*found;
}

bool needs_approval(const communication_audience& audience) {
  return audience.approval || audience.visibility == visibility::everyone;
}

duration cadence_of(const communication_audience& audience, severity of, bool is_major) {
  duration others;
  for (const update_cadence& one : audience.update_every) {
    if (one.severity == severity::unset) {
      others = one.every;
    } else if (one.severity == of) {
      return one.every;
    }
  }
  return is_major ? others : duration{};
}

}  // namespace tocsin::inline v1
