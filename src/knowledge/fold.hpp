// What the events about known errors do to a record (P2, P3).
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/knowledge/article.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/model/known_error.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const known_error_published& e, const fold_context& c);
void fold(incident& record, const known_error_retired& e, const fold_context& c);
void fold(incident& record, const known_error_linked& e, const fold_context& c);
void fold(incident& record, const known_error_used& e, const fold_context& c);
void fold(incident& record, const article_linked& e, const fold_context& c);
void fold(incident& record, const article_unlinked& e, const fold_context& c);

// Takes out what is personal, and with `texts` all that was written.
void erase(incident_known_error& known, bool texts);
void erase(record_articles& articles, bool texts);

}  // namespace tocsin::inline v1
