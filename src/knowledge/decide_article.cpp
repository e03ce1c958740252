// Articles of the host are linked to what they helped with (R-A06).
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/knowledge/article.hpp>
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/knowledge/events.hpp>

#include "base/web_address.hpp"
#include "decide.hpp"

namespace tocsin::inline v1 {

void plausible_article_link(const incident& record, plausible_commands& to) {
  to.commands.push_back(link_article{{record.id}, "?", "?", {}});
  to.commands.push_back(link_article{{record.id}, "?", "??", {}});
}

void plausible_article_unlinking(const incident& record, plausible_commands& to) {
  for (const linked_article& one : articles_of(record)) to.commands.push_back(unlink_article{{record.id}, one.key});
  to.none = "no article is linked to it";
}

void decide(const link_article& c, deciding& d) {
  if (!c.url.empty() && !is_web_address(c.url)) {
    throw unexpected(status::invalid_argument, "article.url", "/url", refused_value::text(c.url),
                     std::string(web_address_allowed));
  }
  const incident& r = d.open_or_resolved(c.record, "link_article");
  d.refuse_as("link_article", r);
  const std::vector<linked_article>& all = articles_of(r);
  const linked_article* before = find_article(all, c.key);
  d.against.unless(!before || before->title != c.title || before->url != c.url, "article.unchanged",
                   "the article \"" + c.key + "\" is linked to it like that already");
  d.against.unless(before || all.size() < limits::articles_max, "article.too_many",
                   "at most " + std::to_string(limits::articles_max) + " articles are linked to one record");
  d.emit(c.record, article_linked{c.key, c.title, c.url});
}

void decide(const unlink_article& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "unlink_article");
  d.refuse_as("unlink_article", r);
  d.against.unless(find_article(articles_of(r), c.key) != nullptr, "article.not_linked",
                   "no article \"" + c.key + "\" is linked to it");
  d.emit(c.record, article_unlinked{c.key});
}

}  // namespace tocsin::inline v1
