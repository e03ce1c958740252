// An office that is escalated at night, and drills on it.
#pragma once

#include <string>

#include <tocsin/drill/drill.hpp>

#include "unit/desk/office.hpp"

namespace drill_office {

using office::json;

// A critical incident pages ana, five minutes later ben, and ten minutes later it is at its end.
inline tocsin::desk open() {
  tocsin::desk d = office::furnished();
  office::tell(
      d, office::command(
             "publish", "2026-11-23T07:30:00Z", "host",
             {{"escalation_policies",
               {{{"key", "p1"},
                 {"steps",
                  {{{"targets", {{{"kind", "person"}, {"key", "ana"}}}}, {"delay", "PT5M"}},
                   {{"targets", {{{"kind", "person"}, {"key", "ben"}}}}, {"delay", "PT10M"}}}},
                 {"triggers", {{{"on", "logged"}, {"condition", {{"==", {{{"var", "priority"}}, "critical"}}}}}}}}}},
              {"major_incident_policies",
               {{{"key", "incident"},
                 {"roles",
                  {{{"role", "incident_commander"}, {"person", "ben"}},
                   {{"role", "communication"}, {"person", "dora"}},
                   {{"role", "technical_lead"}}}},
                 {"update_every", {{{"every", "PT30M"}}}}}}}}));
  return d;
}

inline json step(const char* after, const char* label, const json& command) {
  json all = {{"after", after}, {"command", command}};
  if (*label) all["label"] = label;
  return all;
}

inline json critical() {
  return {{"command", "log_incident"},
          {"actor", "carla"},
          {"title", "Mail is down"},
          {"impact", "high"},
          {"urgency", "high"}};
}

// An hour of the next night, in which mail fails at three.
inline json night(const json& more = json::object()) {
  json all = {{"name", "Mail fails at night"},
              {"starts_at", "2026-11-24T03:00:00Z"},
              {"lasts", "PT1H"},
              {"steps", {step("PT0S", "mail", critical())}}};
  all.update(more);
  return all;
}

inline tocsin::drill_scenario read(const tocsin::desk& d, const json& scenario) {
  tocsin::drill_scenario read;
  const std::string text = scenario.dump();
  tocsin::read_object(text, tocsin::drill_scenario::fields(), &read, tocsin::names_of(d), "a drill");
  return read;
}

inline tocsin::drill_result play(const tocsin::desk& d, const json& scenario,
                                 const tocsin::drill_result* last = nullptr) {
  return tocsin::run_drill(d, read(d, scenario), {}, last);
}

inline json shown(const tocsin::desk& d, const tocsin::drill_result& result) {
  tocsin::json_writer to;
  to.begin_object();
  tocsin::write_members(to, result, tocsin::names_of(d));
  to.end_object();
  return json::parse(to.take());
}

}  // namespace drill_office
