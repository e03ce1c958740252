#include <tocsin/model/metric.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(record_moment) {
  static constexpr std::string_view all[] = {"occurred",  "detected",   "opened",   "acknowledged",
                                             "responded", "work_begun", "resolved", "closed"};
  return all;
}

std::span<const std::string_view> choices(metric_cycle) {
  static constexpr std::string_view all[] = {"first", "last", "sum"};
  return all;
}

std::span<const field_row> metric::fields() {
  using self = metric;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the metric", required, one_line, max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::start>("start", "Its time runs from then on", required),
      row<&self::stop>("stop", "Its time runs until then", required),
      row<&self::cycle>("cycle",
                        "Of a record that was reopened: up to its first stop, up to its last, or the sum of "
                        "what lies between each start and stop; last where none is given"),
      row<&self::calendar>("calendar", "Key of the calendar whose open time counts; none: all time", one_line,
                           max_length(limits::key_length_max)),
      row<&self::without_holds>("without_holds", "What it was on hold for does not count"),
      row<&self::where>("where", "Which incidents it is about, in JsonLogic's syntax; none: all"),
      row<&self::duplicates>("duplicates", "Duplicates count, too"),
      row<&self::children>("children", "Children count, too"),
      row<&self::cancelled>("cancelled", "Cancelled ones count, too"),
      row<&self::retired>("retired", "No longer of use; it may still be asked for"),
  };
  return rows;
}

std::vector<std::string> lint(const metric& m) {
  std::vector<std::string> findings;
  if (m.start >= m.stop) findings.emplace_back("stop: it comes before the start, or is the same");
  const bool comes_again = m.stop == record_moment::resolved || m.stop == record_moment::closed;
  if (!comes_again && m.cycle != metric_cycle::unset && m.cycle != metric_cycle::first) {
    findings.emplace_back("cycle: only what is resolved or closed happens again; allowed first");
  }
  return findings;
}

}  // namespace tocsin::inline v1
