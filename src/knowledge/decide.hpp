// How commands about known errors are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct incident;
struct plausible_commands;
struct publish_known_error;
struct revise_known_error;
struct retire_known_error;
struct link_known_error;
struct link_article;
struct unlink_article;
struct incident;
struct plausible_commands;

void decide(const publish_known_error& c, deciding& d);
void decide(const revise_known_error& c, deciding& d);
void decide(const retire_known_error& c, deciding& d);
void decide(const link_known_error& c, deciding& d);
void decide(const link_article& c, deciding& d);
void decide(const unlink_article& c, deciding& d);
void plausible_article_link(const incident& record, plausible_commands& to);
void plausible_article_unlinking(const incident& record, plausible_commands& to);

// ---- as somebody might give them

void plausible_for_known_error(const incident& record, plausible_commands& to);
void plausible_known_error_link(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
