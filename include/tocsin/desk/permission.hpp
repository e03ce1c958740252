// The grants of a desk's permission policies, compiled (D9).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

class permissions {
 public:
  permissions(const definition_table& known, const lexicon& words);

  // May the actor give the command, ask the question, pass what a transition demands? `seen` is the record, as the actor
  // meets it; null where it concerns none. The system and the embedding program may everything.
  bool may_command(const command_type& type, person_ref actor, const record_view* seen, instant now) const;
  bool may_query(const query_type& type, person_ref actor, const record_view* seen, instant now) const;
  bool may_pass(std::string_view permission, person_ref actor, const record_view& seen, instant now) const;
  bool may_see_all(const query_type& type, person_ref actor, const record_view& seen, instant now) const;
  bool may_see_restricted(person_ref actor, const record_view& seen, instant now) const;

  // The people, by number, who own the definition; null: nobody does, and whoever may publish may publish it. A
  // definition that several own may be published by each of them. A team that is named as owner, and that nobody is said
  // to own, is theirs who own all that it owns: else whoever may publish teams could make themselves owner of that.
  std::optional<std::vector<std::uint32_t>> owners_of(const definition_type& kind, std::string_view key) const;
  bool knows_owners() const { return !ownerships_.empty(); }

 private:
  struct grant {
    std::vector<std::uint32_t> people;  // by number, in order
    std::uint32_t relations = 0;        // a bit each
    std::vector<bool> commands;         // in the order of command_types()
    std::vector<bool> queries;          // in the order of query_types()
    std::vector<std::string> permissions;
    std::optional<condition> where;
    bool restricted = false;
    bool for_requester = false;  // shows no more than that

    bool applies(person_ref actor, const record_view* seen, instant now) const;
    bool names(person_ref actor, const record_view* seen) const;
  };

  struct ownership {
    std::vector<std::string> kinds;
    std::vector<std::string> keys;
    std::vector<std::string> teams;     // by key
    std::vector<std::uint32_t> people;  // by number, in order; members of the teams among them
  };

  std::optional<std::vector<std::uint32_t>> owners_by_team(std::string_view team) const;

  std::vector<grant> grants_;
  std::vector<ownership> ownerships_;
};

// Throws `definition.not_owner` where the actor would publish a new version of something that others own (R-O04).
// `changed` has those of `asked` that would get one.
void demand_ownership(const desk_state& state, person_ref actor, const definition_set& asked,
                      const definition_set& changed);

// Is the record for few eyes, and is the actor among them?
bool is_restricted(const incident& record);
bool is_confidant(const definition_table& known, const lexicon& words, const incident& record, person_ref actor);

// It is restricted, and not to the actor: then it does not exist for them, whether a policy is in force or not. Those
// whom it names, those to whom a policy grants something on restricted records, the host and the system see it.
bool is_hidden(const desk_state& state, const incident& record, person_ref actor);
// Would what the first says reach nobody by way of the second who may not see the first?
bool may_flow(const desk_state& state, const incident& from, const incident& to);

// What a requester may see of a record: the names of its members.
std::span<const std::string_view> requester_members();

// It is not hidden, and no policy is in force or one grants it.
bool may_command(const desk_state& state, const command_type& type, person_ref actor, const incident* record,
                 instant now);
bool may_query(const desk_state& state, const query_type& type, person_ref actor, const incident* record);
// By the question `get`.
bool may_see(const desk_state& state, person_ref actor, const incident& record);
// How much of a record the actor is shown if they may query it: what a requester sees, or all of it (R-O01).
visibility audience_of(const desk_state& state, const query_type& type, person_ref actor, const incident* record);
bool may_pass(const desk_state& state, std::string_view permission, person_ref actor, const incident& record,
              instant now);

}  // namespace tocsin::inline v1
