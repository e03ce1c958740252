#include <tocsin/knowledge/events.hpp>

#include <tocsin/knowledge/article.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> known_error_published::fields() {
  using self = known_error_published;
  static constexpr field_row rows[] = {
      row<&self::revision>("revision", "Revision, from 1"),
      row<&self::title>("title", "One line that says what it is", erasable),
      row<&self::symptoms>("symptoms", "Symptoms, as users see them", erasable, full_text),
      row<&self::cause>("cause", "Root cause", erasable, full_text),
      row<&self::workaround>("workaround", "Workaround until it is fixed", erasable, full_text),
      row<&self::solution>("solution", "Permanent solution, planned or applied", erasable, full_text),
      row<&self::error_codes>("error_codes", "Codes that it shows", max_length(limits::error_codes_max)),
      row<&self::category>("category", "Category of the incidents that it causes"),
      row<&self::affected_services>("affected_services", "Services that have it",
                                    max_length(limits::affected_services_max)),
      row<&self::affected_versions>("affected_versions", "Versions that have it",
                                    max_length(limits::affected_versions_max)),
      row<&self::valid_until>("valid_until", "Until when it is suggested (excluded)"),
      row<&self::review_at>("review_at", "When it is due for review"),
      row<&self::reason>("reason", "Why it was revised", erasable, max_length(1000)),
  };
  return rows;
}

std::span<const field_row> known_error_retired::fields() {
  using self = known_error_retired;
  static constexpr field_row rows[] = {
      row<&self::state>("state", "State after it"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::reason>("reason", "Why", erasable, max_length(1000)),
      row<&self::superseded_by>("superseded_by", "Known error that takes its place"),
  };
  return rows;
}

std::span<const field_row> known_error_linked::fields() {
  using self = known_error_linked;
  static constexpr field_row rows[] = {
      row<&self::known_error>("known_error", "Known error"),
      row<&self::revision>("revision", "Revision of it that was applied"),
      row<&self::outcome>("outcome", "Whether it helped"),
  };
  return rows;
}

std::span<const field_row> known_error_used::fields() {
  using self = known_error_used;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record that it was applied to"),
      row<&self::outcome>("outcome", "Whether it helped"),
      row<&self::before>("before", "What had been said of that before"),
      row<&self::again>("again", "It was linked to that record already"),
  };
  return rows;
}

std::span<const field_row> article_linked::fields() {
  using self = article_linked;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the article in the host's knowledge base", one_line,
                      max_length(limits::key_length_max)),
      row<&self::title>("title", "Title of the article", erasable, one_line),
      row<&self::url>("url", "Where the article is", erasable, one_line, max_length(limits::article_url_max)),
  };
  return rows;
}

std::span<const field_row> article_unlinked::fields() {
  static constexpr field_row rows[] = {
      row<&article_unlinked::key>("key", "Key of the article in the host's knowledge base", one_line,
                                  max_length(limits::key_length_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
