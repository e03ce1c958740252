#include <tocsin/communication/communication.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};

}  // namespace

std::span<const std::string_view> choices(update_stage) {
  static constexpr std::string_view all[] = {"investigating", "identified", "monitoring", "resolved"};
  return all;
}

std::span<const std::string_view> choices(draft_state) {
  static constexpr std::string_view all[] = {"drafted", "approved", "published", "withdrawn"};
  return all;
}

std::span<const field_row> update_draft::fields() {
  using self = update_draft;
  static constexpr field_row rows[] = {
      row<&self::draft>("draft", "Number of the update"),
      row<&self::audience>("audience", "Audience that it is for", one_line, key_length),
      row<&self::state>("state", "How far it is"),
      row<&self::visibility>("visibility", "Who may see it"),
      row<&self::approval>("approval", "Somebody else than the author must approve it"),
      row<&self::stage>("stage", "How far the work on the incident is"),
      row<&self::title>("title", "Heading; none: the first line of what is known", erasable, one_line),
      row<&self::known>("known", "What is known", erasable, full_text),
      row<&self::impact>("impact", "What it means for those who are told", erasable, full_text),
      row<&self::workaround>("workaround", "What they can do meanwhile", erasable, full_text),
      row<&self::next_update_at>("next_update_at", "When they are told more"),
      row<&self::author>("author", "Who wrote it"),
      row<&self::drafted_at>("drafted_at", "When"),
      row<&self::approver>("approver", "Who approved it"),
      row<&self::approved_at>("approved_at", "When"),
      row<&self::publisher>("publisher", "Who published it"),
      row<&self::published_at>("published_at", "When"),
      row<&self::on_status_page>("on_status_page", "It stands on status pages"),
      row<&self::withdrawn_by>("withdrawn_by", "Who withdrew it"),
      row<&self::withdrawn_at>("withdrawn_at", "When"),
      row<&self::withdrawn_because>("withdrawn_because", "Why", erasable, short_text),
  };
  return rows;
}

std::span<const field_row> audience_cadence::fields() {
  using self = audience_cadence;
  static constexpr field_row rows[] = {
      row<&self::audience>("audience", "The audience", one_line, key_length),
      row<&self::every>("every", "How long after one update the next is due; none: no more are"),
      row<&self::last_at>("last_at", "When the last update was, or since when they are due"),
      row<&self::due_at>("due_at", "When the next is due; none: no more are"),
      row<&self::missed>("missed", "How many were not there when they were due"),
  };
  return rows;
}

std::span<const field_row> audience_subscription::fields() {
  using self = audience_subscription;
  static constexpr field_row rows[] = {
      row<&self::audience>("audience", "The audience", one_line, key_length),
      row<&self::person>("person", "Who is told, or is not"),
      row<&self::left>("left", "The person is not told, whatever the policy says"),
  };
  return rows;
}

std::span<const field_row> record_communication::fields() {
  using self = record_communication;
  static constexpr field_row rows[] = {
      row<&self::update_drafts>("update_drafts", "Updates from draft to publication, by number",
                                max_length(limits::update_drafts_max)),
      row<&self::audience_cadences>("audience_cadences", "When which audience is told next",
                                    max_length(limits::audience_cadences_max)),
      row<&self::audience_subscriptions>("audience_subscriptions", "Who wants to be told of it, or does not",
                                         max_length(limits::audience_subscriptions_max)),
  };
  return rows;
}

const update_draft* find_draft(const record_communication& part, std::uint32_t number) {
  return number != 0 && number <= part.update_drafts.size() ? &part.update_drafts[number - 1] : nullptr;
}

const audience_cadence* find_cadence(const record_communication& part, std::string_view audience) {
  const auto found = std::ranges::find(part.audience_cadences, audience, &audience_cadence::audience);
  return found == part.audience_cadences.end() ? nullptr : &*found;
}

const audience_subscription* find_subscription(const record_communication& part, std::string_view audience,
                                               person_ref person) {
  const auto found = std::ranges::find_if(part.audience_subscriptions, [&](const audience_subscription& one) {
    return one.person == person && one.audience == audience;
  });
  return found == part.audience_subscriptions.end() ? nullptr : &*found;
}

// A draft that waited may have been published after a later one.
const update_draft* last_published(const record_communication& part, std::string_view audience) {
  const update_draft* last = nullptr;
  for (const update_draft& one : part.update_drafts) {
    if (one.state != draft_state::published || one.audience != audience) continue;
    if (!last || one.published_at >= last->published_at) last = &one;
  }
  return last;
}

std::vector<const update_draft*> on_status_pages(const record_communication& part) {
  std::vector<const update_draft*> shown;
  for (const update_draft& one : part.update_drafts) {
    const bool is_shown = one.on_status_page && one.state == draft_state::published && !one.known.empty();
    if (is_shown) shown.push_back(&one);
  }
  std::ranges::stable_sort(shown, {}, [](const update_draft* one) { return one->published_at; });
  return shown;
}

}  // namespace tocsin::inline v1
