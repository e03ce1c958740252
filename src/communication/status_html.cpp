// A status page as one HTML page that loads nothing else.
#include <tocsin/communication/status_view.hpp>

#include <algorithm>

#include <tocsin/time/rfc3339.hpp>

#include "base/drawing_text.hpp"

namespace tocsin::inline v1 {
namespace {

// 99987 is 99.987.
std::string percent_text(std::int64_t per_100000) {
  std::string thousandths = std::to_string(per_100000 % 1000);
  thousandths.insert(0, 3 - thousandths.size(), '0');
  return std::to_string(per_100000 / 1000) + "." + thousandths + " %";
}

std::string date_text(std::int64_t day_number) {
  const rfc3339_text text = to_rfc3339(instant{day_number * day.us});
  return std::string(std::string_view(text).substr(0, 10));
}

std::string minutes_text(duration time) {
  const std::int64_t minutes = (time.us + minute.us - 1) / minute.us;
  return std::to_string(minutes) + (minutes == 1 ? " minute" : " minutes");
}

// Those of which something is known.
std::string days_text(const std::vector<uptime_day>& days) {
  const auto known =
      std::ranges::count_if(days, [](const uptime_day& one) { return one.worst != component_status::unset; });
  return std::to_string(known) + (known == 1 ? " day" : " days");
}

std::string time_element(instant at) {
  const rfc3339_text full = to_rfc3339(at);
  const std::string_view text = full;
  if (text.size() < 16) return {};
  const std::string shown = std::string(text.substr(0, 10)) + ' ' + std::string(text.substr(11, 5));
  return "<time datetime=\"" + std::string(text) + "\">" + shown + " UTC</time>";
}

// Statuses differ by word and by shape, not by colour alone. Paper is white, also for who prefers screens dark.
constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--paper:#fff;--line:#d1d9e0;--ok:#1a7f37;--degraded:#9a6700;
--partial:#bc4c00;--major:#cf222e;--maintenance:#0969da;--none:#afb8c1}
@media screen and (prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9ea7b1;--paper:#0d1117;--line:#3d444d;
--ok:#3fb950;--degraded:#d29922;--partial:#f0883e;--major:#ff7b72;--maintenance:#58a6ff;--none:#59636e}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:52rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:1rem 0 .25rem}
.all{border-left:.5rem solid var(--c);padding:.75rem 1rem;font-size:1.2rem;font-weight:600}
.one{border:1px solid var(--line);border-radius:.4rem;padding:.75rem 1rem;margin:.5rem 0}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}
.head h3,.head h4{margin:0;font-size:1rem}.state{color:var(--c);font-weight:600}
.soft{color:var(--soft);font-size:.875rem;margin:.25rem 0}
.text{white-space:pre-wrap;margin:.25rem 0 .75rem}
svg{display:block;width:100%;height:2rem;margin-top:.5rem}
.ok{--c:var(--ok)}.degraded{--c:var(--degraded)}.partial{--c:var(--partial)}.major{--c:var(--major)}
.maintenance{--c:var(--maintenance)}.none{--c:var(--none)}
rect{fill:var(--c)}a{color:inherit}
@media print{.one{break-inside:avoid}}
)";

std::string_view class_of(component_status status) {
  switch (status) {
    case component_status::unset:
      return "none";
    case component_status::operational:
      return "ok";
    case component_status::degraded_performance:
      return "degraded";
    case component_status::partial_outage:
      return "partial";
    case component_status::major_outage:
      return "major";
    case component_status::under_maintenance:
      return "maintenance";
  }
  return {};
}

std::string_view word_of(update_stage stage) {
  switch (stage) {
    case update_stage::identified:
      return "Identified";
    case update_stage::monitoring:
      return "Monitoring";
    case update_stage::resolved:
      return "Resolved";
    default:
      return "Investigating";
  }
}

// The worse a day was, the lower its bar.
int height_of(component_status status) {
  switch (status) {
    case component_status::degraded_performance:
      return 75;
    case component_status::partial_outage:
      return 55;
    case component_status::major_outage:
      return 35;
    case component_status::unset:
      return 10;
    default:
      return 100;
  }
}

class html_page {
 public:
  explicit html_page(const status_view& view) : view_(view) {}

  std::string make() {
    add_head();
    add_overall();
    if (!view_.incidents.empty()) add_incidents("Incidents", view_.incidents);
    add_components();
    if (!view_.maintenances.empty()) add_maintenances();
    if (!view_.past.empty()) add_incidents("Past incidents", view_.past);
    add_foot();
    return std::move(out_);
  }

 private:
  void add(std::string_view markup) { out_ += markup; }
  void add_text(std::string_view text) { out_ += for_html(text); }

  void add_head() {
    add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n<title>");
    add_text(view_.name);
    add("</title>\n<style>");
    add(style);
    add("</style>\n</head>\n<body>\n<header>\n<h1>");
    add_text(view_.name);
    add("</h1>\n</header>\n<main>\n");
  }

  void add_overall() {
    add("<p class=\"all ");
    add(class_of(worst_of(view_)));
    add("\">");
    add_text(overall_of(view_).description);
    add("</p>\n<p class=\"soft\">As of ");
    add(time_element(view_.at));
    add("</p>\n");
  }

  void add_components() {
    add("<h2>Components</h2>\n");
    for (const shown_component& one : view_.components) {
      if (one.group.empty()) add_component(one, "h3");
    }
    for (const std::string& group : groups_of(view_)) {
      add("<h3>");
      add_text(group);
      add("</h3>\n");
      for (const shown_component& one : view_.components) {
        if (one.group == group) add_component(one, "h4");
      }
    }
  }

  void add_component(const shown_component& one, std::string_view heading) {
    add("<section class=\"one\">\n<div class=\"head\"><");
    add(heading);
    add(">");
    add_text(one.name);
    add("</");
    add(heading);
    add("><span class=\"state ");
    add(class_of(one.condition.status));
    add("\">");
    add(label_of(one.condition.status));
    if (one.condition.at_risk) add(", redundancy reduced");
    add("</span></div>\n");
    if (!one.description.empty()) add_line(one.description);
    add_bars(one);
    add("</section>\n");
  }

  void add_line(std::string_view text) {
    add("<p class=\"soft\">");
    add_text(text);
    add("</p>\n");
  }

  void add_bars(const shown_component& one) {
    const std::vector<uptime_day>& days = one.uptime.days;
    const bool is_known = one.uptime.observed.us > 0;
    const std::string said = is_known ? percent_text(one.uptime.per_100000()) + " uptime in " + days_text(days)
                                      : std::string("No uptime is known");
    add("<svg viewBox=\"0 0 " + std::to_string(days.size() * 4) +
        " 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + said + "\">\n");
    for (std::size_t i = 0; i < days.size(); ++i) add_bar(days[i], i);
    add("</svg>\n<p class=\"soft\">" + said + "</p>\n");
  }

  void add_bar(const uptime_day& one, std::size_t place) {
    const int height = height_of(one.worst);
    add("<rect class=\"" + std::string(class_of(one.worst)) + "\" x=\"" + std::to_string(place * 4) + "\" y=\"" +
        std::to_string(100 - height) + "\" width=\"3\" height=\"" + std::to_string(height) + "\"><title>" +
        date_text(one.day) + ": " + std::string(label_of(one.worst)));
    if (one.down.us > 0) add(", down for " + minutes_text(one.down));
    add("</title></rect>\n");
  }

  void add_incidents(std::string_view heading, const std::vector<shown_incident>& all) {
    add("<h2>");
    add(heading);
    add("</h2>\n");
    for (const shown_incident& one : all) add_incident(one);
  }

  void add_incident(const shown_incident& one) {
    add("<article class=\"one\" id=\"");
    add_text(one.number);
    add("\">\n<div class=\"head\"><h3>");
    add_text(one.name);
    add("</h3><span class=\"state " +
        std::string(class_of(one.stage == update_stage::resolved ? component_status::operational : one.worst)) + "\">");
    add(word_of(one.stage));
    add("</span></div>\n");
    if (!one.components.empty()) add_line("Affects " + names_of(one.components));
    for (const shown_update& said : one.updates) {
      add("<p class=\"soft\">");
      add(word_of(said.stage));
      add(", ");
      add(time_element(said.at));
      add("</p>\n<p class=\"text\">");
      add_text(said.body);
      add("</p>\n");
    }
    add("</article>\n");
  }

  std::string names_of(const std::vector<std::size_t>& places) const {
    std::string names;
    for (const std::size_t place : places) {
      if (!names.empty()) names += ", ";
      names += view_.components[place].name;
    }
    return names;
  }

  void add_maintenances() {
    add("<h2>Maintenance</h2>\n");
    for (const shown_maintenance& one : view_.maintenances) {
      add("<article class=\"one\" id=\"");
      add_text(one.number);
      add("\">\n<div class=\"head\"><h3>");
      add_text(name_of(view_, one));
      add("</h3><span class=\"state maintenance\">");
      add(one.under_way ? "In progress" : "Scheduled");
      add("</span></div>\n<p class=\"soft\">");
      add(time_element(one.from) + " to " + time_element(one.until));
      add("</p>\n</article>\n");
    }
  }

  void add_foot() {
    add("</main>\n<footer>\n<p class=\"soft\">All times are in UTC. Uptime is the share of time without a partial or a "
        "major outage, as incidents that affect a component say. Degraded performance is shown, and counts as "
        "up.</p>\n");
    if (!view_.url.empty()) {
      const std::string url = for_html(view_.url);
      add("<p class=\"soft\"><a href=\"" + url + "\">" + url + "</a></p>\n");
    }
    add("</footer>\n</body>\n</html>\n");
  }

  const status_view& view_;
  std::string out_;
};

}  // namespace

std::string html_of(const status_view& view) { return html_page(view).make(); }

}  // namespace tocsin::inline v1
