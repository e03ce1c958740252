// What the measurements ask of a desk: the life of an incident in seven commands, at a given number of live incidents.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/desk.hpp>

namespace bench {

// One lifecycle. Each stage but the first finds an incident that the stage before it left.
enum class stage : std::uint8_t { log, take, hold, resume, reply, resolve, reopen };
inline constexpr std::size_t stage_count = 7;

struct step {
  stage what = stage::log;
  std::uint64_t id = 0;  // of the incident; of `log`, the one that it makes
};

// Instants: a millisecond for each command.
inline constexpr tocsin::instant first_instant{1'790'000'000'000'000};
inline constexpr tocsin::duration between_commands{1000};

inline constexpr std::uint64_t people = 400;
inline constexpr std::uint64_t teams = 40;
inline constexpr std::uint64_t services = 100;
inline constexpr std::uint64_t categories = 100;

// Of about the length that people write: title 41 to 46 bytes, description 127, reply 45, notes 54.
std::string title_of(std::uint64_t id);
inline constexpr std::string_view description =
    "Since this morning the connection drops every few minutes. Restarting the laptop and the router did not help; "
    "colleagues see it";
inline constexpr std::string_view reply = "It dropped again just now, twice in a quarter";
inline constexpr std::string_view notes = "Renewed the certificate of the gateway and restarted i";

// A pack with the people, teams, services and categories that the commands name.
tocsin::request publish_definitions();

// Which incident each step is about. Incidents wait in a pool per stage; a step takes one at random, so that the
// commands meet memory as a desk's do.
class lifecycles {
 public:
  explicit lifecycles(std::uint64_t seed = 1) : random_(seed) {}

  // Steps that log `live` incidents and spread them evenly over the stages.
  std::vector<step> populate(std::uint64_t live);
  // `count` times the seven stages, each of an incident of its pool. The number of live incidents grows by `count`.
  std::vector<step> run(std::uint64_t count);
  std::uint64_t live() const { return last_id_; }

 private:
  step next(stage what);

  std::mt19937_64 random_;
  std::uint64_t last_id_ = 0;
  std::array<std::vector<std::uint64_t>, stage_count> waiting_;  // for the stage
};

// Seven steps of one incident after another.
std::vector<step> one_after_another(std::uint64_t first_id, std::uint64_t count);

// Numbers the words that the commands name, once, as a host would.
class request_maker {
 public:
  explicit request_maker(const tocsin::desk& d);
  tocsin::request make(const step& s);
  tocsin::instant now() const { return at_; }

 private:
  template <class Reference>
  Reference pick(const std::vector<Reference>& from, std::uint64_t id) const {
    return from[id * 2654435761u % from.size()];
  }

  std::vector<tocsin::person_ref> people_;
  std::vector<tocsin::team_ref> teams_;
  std::vector<tocsin::service_ref> services_;
  std::vector<tocsin::category_ref> categories_;
  tocsin::hold_reason_ref awaiting_caller_;
  tocsin::resolution_code_ref fix_;
  tocsin::custom_field_ref floor_;  // none: nobody has declared it
  tocsin::instant at_ = first_instant;
};

// The same command as a JSON document; `at` counts from the first instant.
std::string document_of(const step& s, std::uint64_t place);
std::string definitions_document();

// What the desk goes by: nothing but who and what there is; permissions with conditions and a custom field, too; classes,
// agreements and an escalation policy besides.
enum class in_force { little, permissions, policies };

// A desk in memory with so many live incidents, and what goes on with it.
struct population {
  explicit population(std::uint64_t live, std::shared_ptr<tocsin::store> where = nullptr,
                      in_force what = in_force::little);

  void execute(const std::vector<step>& steps, std::size_t per_commit = 1);

  tocsin::desk desk;
  lifecycles life;
  request_maker maker;
};

}  // namespace bench
