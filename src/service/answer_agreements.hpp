// Contracts and SLAs that an outage threatens (R-N05).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/answer_context.hpp>
#include <tocsin/service/impact_analysis.hpp>
#include <tocsin/service/service_graph.hpp>
#include <tocsin/service/subscription.hpp>

namespace tocsin::inline v1 {

struct contract;
struct incident;

class threatened_agreements {
 public:
  // Contracts and policies are those of `known`; `at` is the instant that is asked about.
  threatened_agreements(const answer_context& c, const desk_state& known, instant at) : c_(c), known_(known), at_(at) {}

  // Contracts in force that cover an affected service; of those that cover all, the ones of affected customers.
  void collect_contracts(const affected_keys& affected);
  // Clocks that have neither ended nor breached, of open records about something that is affected; `as_of` as the
  // question has it.
  void collect_clocks(const service_graph& graph, const impact_analysis& of, instant as_of);

  // The members "contracts" and "slas".
  void write() const;

 private:
  // What is left of one policy.
  struct sla_at_risk {
    std::int64_t clocks = 0;
    instant deadline = no_instant;  // the soonest
    std::uint64_t record = 0;       // number of the record whose that is
  };

  bool threatens(const contract& one, const affected_keys& affected) const;
  void add_clocks(const incident& record);

  const answer_context& c_;
  const desk_state& known_;
  instant at_;
  std::vector<std::string> contracts_;
  std::map<std::string, sla_at_risk, std::less<>> slas_;  // by the policy's key
};

}  // namespace tocsin::inline v1
