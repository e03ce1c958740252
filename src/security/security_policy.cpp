#include <tocsin/security/security_policy.hpp>

#include <tocsin/security/disclosure.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> security_policy::fields() {
  using self = security_policy;
  static constexpr max_length named{limits::security_people_max};
  static constexpr max_length key_length{limits::key_length_max};
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy; \"incident\" is the one that incidents go by", required, one_line,
                      key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::people>("people", "Keys of people who know of each security incident", named),
      row<&self::teams>("teams", "Keys of teams whose members do", named),
      row<&self::types>("types", "Keys of record types whose records are all security incidents, whoever logs them",
                        max_length(limits::security_types_max)),
      row<&self::team>("team", "Key of the team that gets what is reported from outside", one_line, key_length),
      row<&self::disclose_in>("disclose_in",
                              "So long after a report from outside it is to be disclosed; none: no date "
                              "is set by itself"),
      row<&self::retired>("retired", "It is asked for nothing any more"),
  };
  return rows;
}

std::vector<std::string> lint(const security_policy& policy) {
  std::vector<std::string> findings;
  if (policy.key != "incident") findings.emplace_back("key: only \"incident\" is asked for");
  if (policy.people.empty() && policy.teams.empty()) {
    findings.emplace_back("nobody would know of a security incident: people and teams are empty");
  }
  const duration in = policy.disclose_in;
  if (in.us != 0 && (in < day || in > limits::disclosure_within)) {
    findings.emplace_back("disclose_in: allowed is from a day to 3660 days");
  }
  return findings;
}

}  // namespace tocsin::inline v1
