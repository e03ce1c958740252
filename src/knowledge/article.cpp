#include <tocsin/knowledge/article.hpp>

#include <algorithm>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> linked_article::fields() {
  using self = linked_article;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Its key in the host's knowledge base", one_line, max_length(limits::key_length_max)),
      row<&self::title>("title", "Its title, as it was when it was linked last", erasable, one_line),
      row<&self::url>("url", "Where it is", erasable, one_line, max_length(limits::article_url_max)),
      row<&self::linked_at>("linked_at", "When it was linked"),
      row<&self::linked_by>("linked_by", "Person who linked it"),
  };
  return rows;
}

std::span<const field_row> record_articles::fields() {
  static constexpr field_row rows[] = {
      row<&record_articles::articles>("articles", "Articles of the host that it is linked to",
                                      max_length(limits::articles_max)),
  };
  return rows;
}

const std::vector<linked_article>& articles_of(const incident& record) {
  return record.part_or_empty<record_articles>().articles;
}

const linked_article* find_article(std::span<const linked_article> all, std::string_view key) {
  const auto found = std::ranges::find(all, key, &linked_article::key);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace tocsin::inline v1
