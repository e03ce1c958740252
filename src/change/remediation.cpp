#include <tocsin/change/remediation.hpp>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(remediation_kind) {
  static constexpr std::string_view all[] = {"patched",  "restarted",    "rolled_back",
                                             "replaced", "reconfigured", "other"};
  return all;
}

std::span<const std::string_view> choices(remediation_outcome) {
  static constexpr std::string_view all[] = {"worked", "did_not_work"};
  return all;
}

std::span<const field_row> remediation_action::fields() {
  using self = remediation_action;
  static constexpr field_row rows[] = {
      row<&self::number>("number", "Its number in the record, from 1"),
      row<&self::kind>("kind", "What was done"),
      row<&self::item>("item", "Key of the service or configuration item that it was done to", one_line,
                       max_length(limits::key_length_max)),
      row<&self::outcome>("outcome", "Whether it worked; none: nobody knows yet"),
      row<&self::evidence>("evidence", "What shows that, or what was done in full", erasable,
                           max_length(limits::text_length_max)),
      row<&self::by>("by", "Who recorded it"),
      row<&self::at>("at", "When"),
  };
  return rows;
}

std::span<const field_row> record_remediation_actions::fields() {
  using self = record_remediation_actions;
  static constexpr field_row rows[] = {
      row<&self::remediation_actions>("remediation_actions", "What was done to bring something back, by number",
                                      max_length(limits::remediation_actions_max)),
  };
  return rows;
}

const std::vector<remediation_action>& remediation_actions_of(const incident& record) {
  return record.part_or_empty<record_remediation_actions>().remediation_actions;
}

}  // namespace tocsin::inline v1
