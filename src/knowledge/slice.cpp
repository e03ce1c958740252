// What a desk gets from here: known errors, and links to the host's articles.
#include <tocsin/knowledge/article.hpp>
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/model/known_error.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "knowledge/answer.hpp"
#include "knowledge/decide.hpp"
#include "knowledge/fold.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type incident_known_error::descriptor =
    part_row<incident_known_error, erase>("known_error", "What is written down of a known error");
constinit const part_type record_known_errors::descriptor =
    part_row<record_known_errors>("known_errors", "Known errors that were applied to it");
constinit const part_type record_articles::descriptor =
    part_row<record_articles, erase>("articles", "Articles of the host's knowledge base");

// ---- commands

constinit const command_type publish_known_error::descriptor = command_row<publish_known_error>(
    64, "publish_known_error", "Publish a known error; `suggest` offers it from then on");
constinit const command_type revise_known_error::descriptor = as_in(
    command_row<&revise_known_error::known_error>(65, "revise_known_error", "Publish a new revision of a known error"),
    plausible_for_known_error);
constexpr std::string_view seen_by_retiring[] = {"/superseded_by"};
constinit const command_type retire_known_error::descriptor =
    as_move<verb::close>(as_in(that_sees(command_row<&retire_known_error::known_error>(
                                             66, "retire_known_error", "Retire a known error; it is suggested no more"),
                                         seen_by_retiring),
                               plausible_for_known_error));
constinit const command_type link_known_error::descriptor =
    as_in(command_row<&link_known_error::incident>(67, "link_known_error",
                                                   "Link it to a known error, or record whether that helped"),
          plausible_known_error_link);
constinit const command_type link_article::descriptor = as_in(
    command_row<&link_article::record>(132, "link_article", "Link it to an article of the host, which counts as a use"),
    plausible_article_link);
constinit const command_type unlink_article::descriptor =
    as_in(about<record_articles>(
              command_row<&unlink_article::record>(133, "unlink_article", "Take back the link to an article")),
          plausible_article_unlinking);

// ---- events

constinit const event_type known_error_published::descriptor = event_row<known_error_published, fold>(
    112, "known_error_published", "A known error was published, or a new revision of it");
constinit const event_type known_error_retired::descriptor =
    event_row<known_error_retired, fold>(113, "known_error_retired", "A known error was retired");
constinit const event_type known_error_linked::descriptor = event_row<known_error_linked, fold>(
    114, "known_error_linked", "A known error was applied to it, or its outcome recorded");
constinit const event_type known_error_used::descriptor = event_row<known_error_used, fold>(
    115, "known_error_used", "It was applied to a record, or its outcome recorded there");
constinit const event_type article_linked::descriptor =
    event_row<article_linked, fold>(207, "article_linked", "It was linked to an article of the host");
constinit const event_type article_unlinked::descriptor =
    event_row<article_unlinked, fold>(208, "article_unlinked", "It is not linked to that article any more");

// ---- questions

constinit const query_type suggest_query::descriptor = query_row<&suggest_query::incident, answer>(
    40, "suggest", "Known errors and past incidents that are like one, ranked, with what each rank comes from");
constinit const query_type articles_query::descriptor =
    filtering_query_row<articles_query, answer>(64, "articles", "Articles of the host, by how often they were of use");

namespace {

constexpr const part_type* parts[] = {
    &record_known_errors::descriptor,
    &incident_known_error::descriptor,
    &record_articles::descriptor,
};

constexpr const command_type* commands[] = {
    &publish_known_error::descriptor, &revise_known_error::descriptor, &retire_known_error::descriptor,
    &link_known_error::descriptor,    &link_article::descriptor,       &unlink_article::descriptor,
};

constexpr const event_type* events[] = {
    &known_error_published::descriptor, &known_error_retired::descriptor, &known_error_linked::descriptor,
    &known_error_used::descriptor,      &article_linked::descriptor,      &article_unlinked::descriptor,
};

constexpr const query_type* queries[] = {
    &suggest_query::descriptor,
    &articles_query::descriptor,
};

}  // namespace

extern const slice knowledge_slice;
constinit const slice knowledge_slice{.name = "knowledge",
                                      .parts = parts,
                                      .commands = commands,
                                      .events = events,
                                      .queries = queries,
                                      .offer = offer_knowledge};

}  // namespace tocsin::inline v1
