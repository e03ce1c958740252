#include <tocsin/communication/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};
constexpr max_length recipients{limits::audience_recipients_max};

template <class T>
constexpr field_row audience_row = row<&T::audience>("audience", "Key of the audience", one_line, key_length);
template <class T>
constexpr field_row draft_row = row<&T::draft>("draft", "Number of the update");

}  // namespace

std::span<const field_row> update_drafted::fields() {
  using self = update_drafted;
  static constexpr field_row rows[] = {
      draft_row<self>,
      audience_row<self>,
      row<&self::visibility>("visibility", "Who may see it"),
      row<&self::approval>("approval", "Somebody else than the author must approve it"),
      row<&self::stage>("stage", "How far the work on the incident is"),
      row<&self::title>("title", "Heading; none: the first line of what is known", erasable, one_line),
      row<&self::known>("known", "What is known", erasable, full_text),
      row<&self::impact>("impact", "What it means for those who are told", erasable, full_text),
      row<&self::workaround>("workaround", "What they can do meanwhile", erasable, full_text),
      row<&self::next_update_at>("next_update_at", "When they are told more"),
  };
  return rows;
}

std::span<const field_row> update_approved::fields() {
  static constexpr field_row rows[] = {draft_row<update_approved>};
  return rows;
}

std::span<const field_row> update_withdrawn::fields() {
  static constexpr field_row rows[] = {
      draft_row<update_withdrawn>,
      row<&update_withdrawn::reason>("reason", "Why it is not published", erasable, short_text),
  };
  return rows;
}

std::span<const field_row> update_published::fields() {
  using self = update_published;
  static constexpr field_row rows[] = {
      draft_row<self>,
      audience_row<self>,
      row<&self::on_status_page>("on_status_page", "It stands on status pages from now on"),
  };
  return rows;
}

std::span<const field_row> audience_subscribed::fields() {
  using self = audience_subscribed;
  static constexpr field_row rows[] = {audience_row<self>, row<&self::person>("person", "Who is told from now on")};
  return rows;
}

std::span<const field_row> audience_unsubscribed::fields() {
  using self = audience_unsubscribed;
  static constexpr field_row rows[] = {audience_row<self>, row<&self::person>("person", "Who is not told any more")};
  return rows;
}

std::span<const field_row> audience_update_scheduled::fields() {
  using self = audience_update_scheduled;
  static constexpr field_row rows[] = {
      audience_row<self>,
      row<&self::every>("every", "How long after one update the next is due; none: no more are"),
      row<&self::since>("since", "When the last update was, or since when they are due"),
      row<&self::due_at>("due_at", "When the next update is due; none: no more are"),
      row<&self::remind_at>("remind_at", "When whoever writes it is reminded; none: they are not"),
  };
  return rows;
}

std::span<const field_row> audience_update::fields() {
  using self = audience_update;
  static constexpr field_row rows[] = {
      draft_row<self>,
      audience_row<self>,
      row<&self::visibility>("visibility", "Who may see it"),
      row<&self::channel>("channel", "How it is sent"),
      row<&self::subject>("subject", "Subject of the mail, heading on the status page", erasable, one_line,
                          max_length(limits::text_length_max)),
      row<&self::body>("body", "The update as this channel shows it", erasable,
                       max_length(4 * limits::text_length_max)),
      row<&self::messages>("messages", "How many messages the short message takes"),
      row<&self::people>("people", "To whom", recipients),
      row<&self::customers>("customers", "And to whoever is known at these customers", recipients),
      row<&self::unsubscribed>("unsubscribed", "But not to them", recipients),
  };
  return rows;
}

std::span<const field_row> audience_update_overdue::fields() {
  using self = audience_update_overdue;
  static constexpr field_row rows[] = {
      audience_row<self>,
      row<&self::due_at>("due_at", "When it was due"),
      row<&self::next_due_at>("next_due_at", "When the next is due"),
      row<&self::missed>("missed", "How many were missed since the last update"),
      row<&self::role>("role", "Role of the person who is told; none: the assignee is", one_line, key_length),
      row<&self::person>("person", "Person who is told"),
      row<&self::team>("team", "Team of the incident"),
      row<&self::remind_at>("remind_at", "When they are reminded of the next; none: they are not"),
  };
  return rows;
}

std::span<const field_row> audience_update_due::fields() {
  using self = audience_update_due;
  static constexpr field_row rows[] = {
      audience_row<self>,
      row<&self::due_at>("due_at", "When it is due"),
      row<&self::role>("role", "Role of the person who is told; none: the assignee is", one_line, key_length),
      row<&self::person>("person", "Person who is told"),
      row<&self::team>("team", "Team of the incident"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
