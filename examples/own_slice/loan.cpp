#include "loan.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/answer_context.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>

namespace vendor {

using namespace tocsin;

// ---- fields: JSON, journal, schema, SQL and the paths of conditions follow from them

std::span<const field_row> loan::fields() {
  static constexpr field_row rows[] = {
      row<&loan::loan_item>("loan_item", "What was lent"),
      row<&loan::borrower>("borrower", "To whom"),
      row<&loan::lent_at>("lent_at", "When it was lent"),
      row<&loan::return_due_at>("return_due_at", "When it is to be back"),
      row<&loan::returned_at>("returned_at", "When it came back"),
      row<&loan::return_overdue>("return_overdue", "It did not come back in time"),
  };
  return rows;
}

std::span<const field_row> lend_item::fields() {
  static constexpr field_row rows[] = {
      row<&lend_item::incident>("incident", "Record that it is lent for", required),
      row<&lend_item::item>("item", "What is lent", required),
      row<&lend_item::borrower>("borrower", "To whom", required),
      row<&lend_item::due_at>("due_at", "When it is to be back", required),
  };
  return rows;
}

std::span<const field_row> return_item::fields() {
  static constexpr field_row rows[] = {
      row<&return_item::incident>("incident", "Record that it was lent for", required),
      row<&return_item::note>("note", "What it looks like", personal),
  };
  return rows;
}

std::span<const field_row> item_lent::fields() {
  static constexpr field_row rows[] = {
      row<&item_lent::item>("item", "What was lent"),
      row<&item_lent::borrower>("borrower", "To whom"),
      row<&item_lent::due_at>("due_at", "When it is to be back"),
  };
  return rows;
}

std::span<const field_row> item_returned::fields() {
  static constexpr field_row rows[] = {
      row<&item_returned::note>("note", "What it looked like", personal),
      row<&item_returned::with_record>("with_record", "The record ended, and the loan with it"),
  };
  return rows;
}

std::span<const field_row> loan_overdue::fields() { return {}; }

std::span<const field_row> loan_reminder::fields() {
  static constexpr field_row rows[] = {
      row<&loan_reminder::borrower>("borrower", "Who is reminded"),
      row<&loan_reminder::item>("item", "Of what"),
  };
  return rows;
}

std::span<const field_row> loans_query::fields() {
  static constexpr field_row rows[] = {
      row<&loans_query::borrower>("borrower", "Loans of this person alone"),
  };
  return rows;
}

namespace {

bool is_out(const loan* l) { return l && !is_set(l->returned_at); }

}  // namespace

// ---- from a command to events, or a refusal that names what stands against it

void decide(const lend_item& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "lend_item");
  d.refuse_as("lend_item", r);
  d.against.unless(!is_out(r.part<loan>()), "loan.out", "something is lent already");
  d.against.unless(c.due_at > d.given.at, "loan.past", "it is to be back after now");
  d.emit(c.incident, item_lent{c.item, c.borrower, c.due_at});
}

void decide(const return_item& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("return_item", r);
  d.against.unless(is_out(r.part<loan>()), "loan.none", "nothing is lent");
  d.emit(c.incident, item_returned{c.note});
}

namespace {

// ---- from an event to the record

void fold(incident& r, const item_lent& e, const fold_context& c) {
  r.own<loan>() = {e.item, e.borrower, c.at, e.due_at, no_instant, false};
}

void fold(incident& r, const item_returned&, const fold_context& c) { r.own<loan>().returned_at = c.at; }

void fold(incident& r, const loan_overdue&, const fold_context&) { r.own<loan>().return_overdue = true; }

// ---- timers follow from the record; when one fires, events follow

constexpr timer_kind loan_due = host_timer(0);

void timers(const loan& l, const incident&, timer_visitor visit) {
  if (is_out(&l) && !l.return_overdue) visit(loan_due, l.return_due_at);
}

void say_overdue(deciding& d, const incident& r, const timer&) {
  const loan& l = *r.part<loan>();
  d.emit({r.id}, loan_overdue{});
  d.notify(r, loan_reminder{l.borrower, l.loan_item});
}

// ---- what follows from other events: a loan ends with its record

void react(const incident& r, const reaction& to) {
  if (!is_final(r.state_kind) || !is_out(r.part<loan>())) return;
  to.more.emplace_back(record_ref{r.id}, std::uint64_t{0}, item_returned{{}, true});
}

// ---- the question: what its actor may not see is left out

void answer(const answer_context& c, const loans_query& q) {
  const record_filter may_see(c.d, {}, c.asked, c.actor());
  c.to.begin_object();
  c.to.key("loans");
  c.to.begin_array();
  c.d.state().live.each([&](const incident_ptr& r) {
    const loan* l = r->part<loan>();
    if (!is_out(l) || (q.borrower && !(l->borrower == q.borrower)) || !may_see(*r)) return true;
    c.to.begin_object();
    c.to.member("incident", c.d.show_number(r->number));
    write_members(c.to, loan::fields(), l, c.names);
    c.to.end_object();
    return true;
  });
  c.to.end_array();
  c.to.end_object();
}

}  // namespace

// ---- the rows: numbers of a host start at 1001, and are never given to anything else

constinit const part_type loan::descriptor =
    with_timers<loan, timers>(part_row<loan>("loan", "Equipment that is lent"));

constinit const command_type lend_item::descriptor =
    command_row<&lend_item::incident>(1001, "lend_item", "Lend equipment to somebody");
constinit const command_type return_item::descriptor =
    command_row<&return_item::incident>(1002, "return_item", "Take equipment back");

constinit const event_type item_lent::descriptor = event_row<item_lent, fold>(1001, "item_lent", "Equipment was lent");
constinit const event_type item_returned::descriptor =
    event_row<item_returned, fold>(1002, "item_returned", "Equipment came back");
constinit const event_type loan_overdue::descriptor =
    event_row<loan_overdue, fold>(1003, "loan_overdue", "Equipment did not come back in time");
constinit const event_type loan_reminder::descriptor =
    event_row<loan_reminder>(1004, "loan_reminder", "Effect: remind somebody of what was lent");

constinit const query_type loans_query::descriptor =
    filtering_query_row<loans_query, answer>(1001, "loans", "What is lent now");

namespace {

constexpr const part_type* parts[] = {&loan::descriptor};
constexpr const command_type* commands[] = {&lend_item::descriptor, &return_item::descriptor};
constexpr const event_type* events[] = {&item_lent::descriptor, &item_returned::descriptor, &loan_overdue::descriptor,
                                        &loan_reminder::descriptor};
constexpr const query_type* queries[] = {&loans_query::descriptor};
constexpr timer_type timer_types[] = {{loan_due, "loan_due", say_overdue}};
constexpr std::string_view needs[] = {"incident"};

}  // namespace

constinit const slice loan_slice{.name = "loan",
                                 .parts = parts,
                                 .timers = timer_types,
                                 .commands = commands,
                                 .events = events,
                                 .queries = queries,
                                 .react = react,
                                 .needs = needs};

}  // namespace vendor
