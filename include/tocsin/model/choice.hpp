// The fixed choices of the model: levels, channels, visibilities, causes, outcomes. 0 is "not set"; smaller is graver.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tocsin::inline v1 {

enum class impact : std::uint8_t { unset, high, medium, low };
enum class urgency : std::uint8_t { unset, high, medium, low };
enum class priority : std::uint8_t { unset, critical, high, moderate, low, planning };
enum class severity : std::uint8_t { unset, sev1, sev2, sev3, sev4, sev5 };

// How to handle it (R-P26): by judgement, as nobody has met it yet; by the model made for its like; or as a total
// outage, in which nothing waits.
enum class incident_class : std::uint8_t { unset, standard, normal, emergency };

// How word of it came.
enum class channel : std::uint8_t { unset, self_service, phone, mail, chat, walk_in, monitoring, api, other };

// How much depends on a service or a configuration item.
enum class criticality : std::uint8_t { unset, critical, high, medium, low };

// Who may see an update.
enum class visibility : std::uint8_t { unset, internal, requester, stakeholder, everyone };

// What a state means to the library, whatever a workflow calls it.
enum class state_kind : std::uint8_t { unset, fresh, assigned, in_progress, on_hold, resolved, closed, cancelled };

// What moved a record where nobody did by hand.
enum class move_cause : std::uint8_t { unset, reply, reminders, longest_stay, parent, problem, change };

// What became of a page or a notice on its way.
enum class delivery_outcome : std::uint8_t { unset, delivered, failed, timed_out };

constexpr bool is_final(state_kind kind) { return kind == state_kind::closed || kind == state_kind::cancelled; }
constexpr bool is_open(state_kind kind) { return kind >= state_kind::fresh && kind <= state_kind::on_hold; }

std::span<const std::string_view> choices(impact);
std::span<const std::string_view> choices(urgency);
std::span<const std::string_view> choices(priority);
std::span<const std::string_view> choices(severity);
std::span<const std::string_view> choices(incident_class);
std::span<const std::string_view> choices(criticality);
std::span<const std::string_view> choices(channel);
std::span<const std::string_view> choices(visibility);
std::span<const std::string_view> choices(state_kind);
std::span<const std::string_view> choices(move_cause);
std::span<const std::string_view> choices(delivery_outcome);

}  // namespace tocsin::inline v1
