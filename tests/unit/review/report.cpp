// Reports as Markdown, HTML and JSON: the same bytes each time (R2), and nothing in a text is taken for a mark.
#include <doctest/doctest.h>

#include <tocsin/review/report.hpp>
#include <tocsin/time/rfc3339.hpp>

using namespace tocsin;

namespace {

instant at(std::string_view time) { return parse_rfc3339("2026-11-23T" + std::string(time) + "Z").value(); }

report whole(const std::string& text) {
  report r;
  r.title = text;
  r.facts = {{text, text}};
  r.texts = {{text, text}};
  r.story = {{at("08:00:00"), "opened", text, text, {}, false}, {at("09:00:00"), "closed", text, text, hour, true}};
  r.tables = {{text, {text}, {{text}}}};
  return r;
}

}  // namespace

TEST_CASE("nothing in a text is a mark of Markdown") {
  CHECK(escaped_markdown("*a* _b_ `c` [d](e) <f> g|h ~~i~~ &amp; \\") ==
        "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> g\\|h \\~\\~i\\~\\~ \\&amp; \\\\");
  CHECK(escaped_markdown("# no heading") == "\\# no heading");
  CHECK(escaped_markdown("- no item") == "\\- no item");
  CHECK(escaped_markdown("12. no item") == "12\\. no item");
  CHECK(escaped_markdown("3) no item") == "3\\) no item");
  CHECK(escaped_markdown("===") == "\\===");
  CHECK(escaped_markdown("    no code") == "&nbsp;&nbsp;&nbsp;&nbsp;no code");
  CHECK(escaped_markdown("at 12.5 - or so") == "at 12.5 - or so");
}

TEST_CASE("lines stay lines in Markdown, and empty ones begin a paragraph") {
  CHECK(escaped_markdown("one\ntwo") == "one\\\ntwo");
  CHECK(escaped_markdown("one\n\ntwo") == "one\n\ntwo");
  CHECK(escaped_markdown("one\r\ntwo") == "one\\\ntwo");
  CHECK(escaped_markdown("a\x01"
                         "b") == "ab");
}

TEST_CASE("nothing in a text is a mark of HTML, in elements or in attributes") {
  CHECK(escaped_html("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  const std::string page = as_html(whole("\"><script>alert(1)</script>"));
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("\"><s") == std::string::npos);
}

TEST_CASE("a page stands alone, and draws the story") {
  const std::string page = as_html(whole("x"));
  for (const char* outside : {"http:", "https:", "src=", "href=", "url(", "@import", "<script"}) {
    CAPTURE(outside);
    CHECK(page.find(outside) == std::string::npos);
  }
  CHECK(page.find("width=device-width") != std::string::npos);
  CHECK(page.find("<svg viewBox") != std::string::npos);
  CHECK(page.find("stroke-dasharray") != std::string::npos);  // the gap
  CHECK(page.find("+1 h gap") != std::string::npos);
}

TEST_CASE("a report with nothing in it is a report, and so is one whose milestones are all at one instant") {
  CHECK(as_markdown({.title = "x"}) == "# x\n\n");
  CHECK(as_html({.title = "x"}).find("<svg") == std::string::npos);
  report r;
  r.story = {{at("08:00:00"), "opened", "", "", {}, false}, {at("08:00:00"), "closed", "", "", {}, false}};
  CHECK(as_html(r).find("cx=\"10\"") != std::string::npos);
}

TEST_CASE("a table of Markdown has a line for each row, whatever its cells say") {
  report r;
  r.title = "x";
  r.tables = {{"T", {"A", "B"}, {{"one\ntwo", "a|b"}}}};
  CHECK(as_markdown(r) == "# x\n\n## T\n\n| A | B |\n| --- | --- |\n| one<br>two | a\\|b |\n\n");
}

TEST_CASE("as JSON a report has what there is, with durations to the microsecond") {
  report r;
  r.title = "x";
  r.story = {{at("08:00:00"), "opened", "", "", {}, false},
             {at("09:00:00.000001"), "closed", "y", "", hour + microsecond, true}};
  json_writer to;
  write_json(to, r);
  CHECK(to.str() ==
        R"({"title":"x","facts":[],"sections":[],"timeline":[{"at":"2026-11-23T08:00:00Z","what":"opened"},)"
        R"({"at":"2026-11-23T09:00:00.000001Z","what":"closed","who":"y","after":"PT1H0.000001S","long_gap":true}],)"
        R"("tables":[]})");
}

TEST_CASE("people read a duration in words, programs by ISO 8601 (R-P20)") {
  CHECK(words_of({2 * day.us + 3 * hour.us + 5 * minute.us + 59 * second.us}) == "2 d 3 h 5 min");
  CHECK(words_of({day.us + minute.us}) == "1 d 1 min");
  CHECK(words_of({hour.us}) == "1 h");
  CHECK(words_of({59'999'999}) == "59 s");
  CHECK(words_of({1}) == "0 s");
  CHECK(words_of({-90 * minute.us}) == "-1 h 30 min");
  CHECK(text_of(duration{90 * minute.us}) == "PT1H30M");
}
