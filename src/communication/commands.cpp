#include <tocsin/communication/commands.hpp>
#include <tocsin/service/subscription.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};
constexpr max_length keys_max{limits::subscription_keys_max};

// The record that the command is about.
template <class T>
constexpr field_row incident_row = row<&T::incident>("incident", "Incident by number or id", required);
template <class T>
constexpr field_row audience_row = row<&T::audience>("audience", "Key of the audience", required, one_line, key_length);
template <class T>
constexpr field_row draft_row = row<&T::draft>("draft", "Number of the update", required);
template <class T>
constexpr field_row component_row =
    row<&T::component>("component", "Key of the component", required, one_line, key_length);

}  // namespace

std::span<const field_row> draft_update::fields() {
  using self = draft_update;
  static constexpr field_row rows[] = {
      incident_row<self>,
      audience_row<self>,
      row<&self::stage>("stage", "How far the work on the incident is; none: as its state says"),
      row<&self::title>("title", "Heading; none: the first line of what is known", erasable, one_line),
      row<&self::known>("known", "What is known; as the template says where none is given", erasable, full_text),
      row<&self::impact>("impact", "What it means for those who are told", erasable, full_text),
      row<&self::workaround>("workaround", "What they can do meanwhile", erasable, full_text),
      row<&self::next_update_at>("next_update_at", "When they are told more"),
      row<&self::update_template>("template", "Key of the template, in the policy, that says the rest", one_line,
                                  key_length),
      row<&self::variables>("variables", "Values of the template's variables", erasable,
                            max_length(limits::template_variables_max)),
  };
  return rows;
}

std::span<const field_row> approve_update::fields() {
  using self = approve_update;
  static constexpr field_row rows[] = {incident_row<self>, draft_row<self>};
  return rows;
}

std::span<const field_row> withdraw_update::fields() {
  using self = withdraw_update;
  static constexpr field_row rows[] = {
      incident_row<self>,
      draft_row<self>,
      row<&self::reason>("reason", "Why it is not published", erasable, required, short_text),
  };
  return rows;
}

std::span<const field_row> publish_update::fields() {
  using self = publish_update;
  static constexpr field_row rows[] = {incident_row<self>, draft_row<self>};
  return rows;
}

std::span<const field_row> subscribe::fields() {
  using self = subscribe;
  static constexpr field_row rows[] = {incident_row<self>, audience_row<self>,
                                       row<&self::person>("person", "Who is told; none: the actor")};
  return rows;
}

std::span<const field_row> unsubscribe::fields() {
  using self = unsubscribe;
  static constexpr field_row rows[] = {incident_row<self>, audience_row<self>,
                                       row<&self::person>("person", "Who is not told; none: the actor")};
  return rows;
}

std::span<const field_row> subscribe_to::fields() {
  using self = subscribe_to;
  static constexpr field_row rows[] = {
      audience_row<self>,
      row<&self::items>("items", "Keys of services and configuration items: incidents that affect one of them",
                        keys_max),
      row<&self::customers>("customers",
                            "Customers: incidents that affect what they use, or that one of theirs reported", keys_max),
      row<&self::person>("person", "Who is told; none: the actor"),
      row<&self::in_room>("in_room", "They belong into the situation room of a major incident that does so"),
  };
  return rows;
}

std::span<const field_row> unsubscribe_from::fields() {
  using self = unsubscribe_from;
  static constexpr field_row rows[] = {
      audience_row<self>,
      row<&self::items>("items", "Keys of services and configuration items; neither items nor customers: all",
                        keys_max),
      row<&self::customers>("customers", "Customers", keys_max),
      row<&self::person>("person", "Who is not told; none: the actor"),
  };
  return rows;
}

std::span<const field_row> override_component::fields() {
  using self = override_component;
  static constexpr field_row rows[] = {
      row<&self::page>("page", "The page", required),
      component_row<self>,
      row<&self::status>("status", "Status that it has, whatever follows from incidents", required),
      row<&self::until>("until", "Its end, within 30 days", required),
      row<&self::reason>("reason", "Why; no page shows it", required, one_line, short_text),
  };
  return rows;
}

std::span<const field_row> end_override::fields() {
  using self = end_override;
  static constexpr field_row rows[] = {row<&self::page>("page", "The page", required), component_row<self>};
  return rows;
}

}  // namespace tocsin::inline v1
