// A report as one page that stands alone: no script, nothing from outside, light and dark, narrow and printed.
#include <tocsin/review/report.hpp>

#include <tocsin/base/utf8.hpp>

#include <algorithm>

#include "base/drawing_text.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;
--ink:#1c1f24;--paper:#fff;--faint:#5b626d;--line:#c9ced6;--mark:#1f5fa8;--gap:#b3261e}
@media screen and (prefers-color-scheme:dark){:root{
--ink:#e6e8eb;--paper:#16181c;--faint:#a5adb8;--line:#40464f;--mark:#7ab4f5;--gap:#ff8a80}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.25rem 1rem;margin:0}
dt{color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top;white-space:pre-wrap}
svg{display:block;width:100%;height:auto;margin:.5rem 0}
ol{list-style:none;margin:0;padding:0}
li{border-left:3px solid var(--mark);padding:.25rem .75rem;overflow-wrap:anywhere}
li.gap{border-left-color:var(--gap)}
.gap .after{color:var(--gap);font-weight:600}
time,.after{color:var(--faint);font-variant-numeric:tabular-nums}
@media print{:root{--ink:#000}.wide{overflow:visible}}
)";

constexpr std::int64_t drawing_width = 360;  // that of a phone
constexpr std::int64_t margin = 10;

// Where it stands on the line: from one edge to the other in proportion to the time.
std::int64_t place_of(instant at, instant first, instant last) {
  if (first == last) return margin;
  const std::int64_t whole = std::max<std::int64_t>((last - first).us / 1000, 1);
  return margin + (at - first).us / 1000 * (drawing_width - 2 * margin) / whole;
}

std::string number(std::int64_t n) { return std::to_string(n); }

void add_line(std::string& to, std::int64_t from, std::int64_t until, bool long_gap) {
  to += "<line x1=\"" + number(from) + "\" y1=\"20\" x2=\"" + number(until) + "\" y2=\"20\" stroke=\"" +
        (long_gap ? "var(--gap)\" stroke-dasharray=\"4 3" : "var(--mark)") + "\" stroke-width=\"4\"/>";
}

// Up to the last resolution: how long it then took to close says nothing of the response.
std::span<const report_moment> drawn_part(const std::vector<report_moment>& all) {
  const auto resolved =
      std::find_if(all.rbegin(), all.rend(), [](const report_moment& m) { return m.what == "resolved"; });
  if (resolved == all.rend()) return all;
  return std::span(all).first(static_cast<std::size_t>(all.rend() - resolved));
}

void draw(std::string& to, const std::vector<report_moment>& all) {
  const std::span<const report_moment> story = drawn_part(all);
  const instant first = story.front().at;
  const instant last = story.back().at;
  to += "<svg viewBox=\"0 0 360 40\" role=\"img\" aria-label=\"Timeline from " + text_of(first) + " to " +
        text_of(last) + "; gaps are dashed\">";
  for (std::size_t i = 1; i < story.size(); ++i) {
    add_line(to, place_of(story[i - 1].at, first, last), place_of(story[i].at, first, last), story[i].long_gap);
  }
  for (const report_moment& one : story) {
    to += "<circle cx=\"" + number(place_of(one.at, first, last)) +
          "\" cy=\"20\" r=\"5\" fill=\"var(--paper)\" stroke=\"var(--mark)\" stroke-width=\"2\"><title>" +
          escaped_html(text_of(one.at) + " " + spaced(one.what)) + "</title></circle>";
  }
  to += "</svg>\n";
}

void add_moment(std::string& to, const report_moment& one) {
  to += one.long_gap ? "<li class=\"gap\">" : "<li>";
  const std::string at = text_of(one.at);
  to += "<time datetime=\"" + at + "\">" + at + "</time>";
  if (one.after.us != 0) {
    to += " <span class=\"after\">+" + words_of(one.after) + (one.long_gap ? " gap" : "") + "</span>";
  }
  to += " <strong>" + escaped_html(spaced(one.what)) + "</strong>";
  if (!one.who.empty()) to += " " + escaped_html(one.who);
  if (!one.text.empty()) to += "<p class=\"text\">" + escaped_html(one.text) + "</p>";
  to += "</li>\n";
}

void add_story(std::string& to, const std::vector<report_moment>& story) {
  if (story.empty()) return;
  to += "<section><h2>Timeline</h2>\n";
  draw(to, story);
  to += "<ol>\n";
  for (const report_moment& one : story) add_moment(to, one);
  to += "</ol></section>\n";
}

void add_table(std::string& to, const report_table& table) {
  to += "<section><h2>" + escaped_html(table.title) + "</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" " +
        "aria-label=\"" + escaped_html(table.title) + "\"><table><thead><tr>";
  for (const std::string& one : table.columns) to += "<th scope=\"col\">" + escaped_html(one) + "</th>";
  to += "</tr></thead><tbody>\n";
  for (const std::vector<std::string>& cells : table.rows) {
    to += "<tr>";
    for (const std::string& one : cells) to += "<td>" + escaped_html(one) + "</td>";
    to += "</tr>\n";
  }
  to += "</tbody></table></div></section>\n";
}

void add_facts(std::string& to, const std::vector<report_fact>& facts) {
  if (facts.empty()) return;
  to += "<dl>\n";
  for (const report_fact& one : facts) {
    to += "<dt>" + escaped_html(one.name) + "</dt><dd>" + escaped_html(one.value) + "</dd>\n";
  }
  to += "</dl>\n";
}

}  // namespace

std::string escaped_html(std::string_view text) { return for_html(made_valid_utf8(text)); }

std::string as_html(const report& r) {
  const std::string title = escaped_html(r.title);
  std::string to = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  to += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  to += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
  to += "<title>" + title + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<main>\n";
  to += "<h1>" + title + "</h1>\n";
  add_facts(to, r.facts);
  for (const report_text& one : r.texts) {
    to += "<section><h2>" + escaped_html(one.title) + "</h2><p class=\"text\">" + escaped_html(one.text) +
          "</p></section>\n";
  }
  add_story(to, r.story);
  for (const report_table& one : r.tables) add_table(to, one);
  to += "</main>\n</body>\n</html>\n";
  return to;
}

}  // namespace tocsin::inline v1
