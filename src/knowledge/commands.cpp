#include <tocsin/knowledge/commands.hpp>

#include <tocsin/knowledge/article.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

// What both ways to publish one have in common.
template <class T>
struct written {
  static constexpr field_row title =
      row<&T::title>("title", "One line that says what it is", erasable, required, one_line);
  static constexpr field_row symptoms =
      row<&T::symptoms>("symptoms", "Symptoms, as users see them", erasable, required, full_text);
  static constexpr field_row cause = row<&T::cause>("cause", "Root cause, as far as it is known", erasable, full_text);
  static constexpr field_row workaround =
      row<&T::workaround>("workaround", "Workaround until it is fixed", erasable, full_text);
  static constexpr field_row solution =
      row<&T::solution>("solution", "Permanent solution, planned or applied", erasable, full_text);
  static constexpr field_row error_codes = row<&T::error_codes>("error_codes", "Codes that it shows, as users see them",
                                                                max_length(limits::error_codes_max), one_line);
  static constexpr field_row category = row<&T::category>("category", "Category of the incidents that it causes");
  static constexpr field_row affected_services = row<&T::affected_services>(
      "affected_services", "Services that have it", max_length(limits::affected_services_max));
  static constexpr field_row affected_versions =
      row<&T::affected_versions>("affected_versions", "Versions that have it, as their maker calls them",
                                 max_length(limits::affected_versions_max), one_line);
  static constexpr field_row valid_until =
      row<&T::valid_until>("valid_until", "Until when it is suggested (excluded); none: until it is retired");
  static constexpr field_row review_at = row<&T::review_at>("review_at", "When it is due for review");
};

}  // namespace

std::span<const field_row> publish_known_error::fields() {
  using w = written<publish_known_error>;
  static constexpr field_row rows[] = {
      w::title,       w::symptoms,          w::cause,
      w::workaround,  w::solution,          w::error_codes,
      w::category,    w::affected_services, w::affected_versions,
      w::valid_until, w::review_at,
  };
  return rows;
}

std::span<const field_row> revise_known_error::fields() {
  using self = revise_known_error;
  using w = written<self>;
  static constexpr field_row rows[] = {
      row<&self::known_error>("known_error", "Known error by number or id", required),
      w::title,
      w::symptoms,
      w::cause,
      w::workaround,
      w::solution,
      w::error_codes,
      w::category,
      w::affected_services,
      w::affected_versions,
      w::valid_until,
      w::review_at,
      row<&self::reason>("reason", "Why it is revised", erasable, one_line, max_length(1000)),
  };
  return rows;
}

std::span<const field_row> retire_known_error::fields() {
  using self = retire_known_error;
  static constexpr field_row rows[] = {
      row<&self::known_error>("known_error", "Known error by number or id", required),
      row<&self::reason>("reason", "Why", erasable, required, one_line, max_length(1000)),
      row<&self::superseded_by>("superseded_by", "Known error that takes its place"),
  };
  return rows;
}

std::span<const field_row> link_known_error::fields() {
  using self = link_known_error;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::known_error>("known_error", "Known error by number or id", required),
      row<&self::outcome>("outcome", "Whether it helped; none: nobody knows yet"),
  };
  return rows;
}

std::span<const field_row> link_article::fields() {
  using self = link_article;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Record by number or id", required),
      row<&self::key>("key", "Key of the article in the host's knowledge base", required, one_line,
                      max_length(limits::key_length_max)),
      row<&self::title>("title", "Title of the article", erasable, required, one_line),
      row<&self::url>("url", "Where the article is", erasable, one_line, max_length(limits::article_url_max)),
  };
  return rows;
}

std::span<const field_row> unlink_article::fields() {
  using self = unlink_article;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Record by number or id", required),
      row<&self::key>("key", "Key of the article in the host's knowledge base", required, one_line,
                      max_length(limits::key_length_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
