#include <doctest/doctest.h>

#include <map>
#include <random>

#include <tocsin/base/error.hpp>
#include <tocsin/rule/template_text.hpp>

using namespace tocsin;

namespace {

using values = std::map<std::string, std::string, std::less<>>;

template_values from(const values& all) {
  return [&all](std::string_view name) -> std::optional<std::string_view> {
    const auto found = all.find(name);
    if (found == all.end()) return std::nullopt;
    return found->second;
  };
}

std::string expanded(std::string_view text, const values& all, text_escape escape = text_escape::none) {
  const template_expansion result = expand(compile_template(text), from(all), escape);
  REQUIRE(result.missing.empty());
  return result.text;
}

std::string refusal(std::string_view text) {
  try {
    compile_template(text);
  } catch (const error& e) {
    return e.reason() + " " + e.detail();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a template puts values in their places (R-A05)") {
  const values ana{{"name", "Ana"}, {"device", "phone"}};
  CHECK(expanded("Dear {{name}}, your {{ device }} is ready.", ana) == "Dear Ana, your phone is ready.");
  CHECK(expanded("{{name}}{{name}}", ana) == "AnaAna");
  CHECK(expanded("", ana).empty());
  CHECK(expanded("No places, one { and one } and }}", ana) == "No places, one { and one } and }}");
  CHECK(expanded("{{alert.labels/instance}}", {{"alert.labels/instance", "db1"}}) == "db1");
}

TEST_CASE("a default stands in for a value that is not given, not for one that is empty (R-A05)") {
  CHECK(expanded("Dear {{name|customer}}", {}) == "Dear customer");
  CHECK(expanded("Dear {{name|customer}}", {{"name", ""}}) == "Dear ");
  CHECK(expanded("Dear {{name|}}!", {}) == "Dear !");
  CHECK(expanded("{{a|b|c}}", {}) == "b|c");
}

TEST_CASE("braces are written with a backslash, backslashes elsewhere are themselves (R-A05)") {
  const values x{{"x", "1"}};
  CHECK(expanded(R"(\{{x}})", x) == "{{x}}");
  CHECK(expanded(R"(\\{{x}})", x) == R"(\1)");
  CHECK(expanded(R"(\\\{{x}})", x) == R"(\{{x}})");
  CHECK(expanded(R"(C:\temp\{{x}})", x) == R"(C:\temp{{x}})");
  CHECK(expanded(R"(C:\temp\\{{x}})", x) == R"(C:\temp\1)");
  CHECK(expanded(R"(\n \\ \)", x) == R"(\n \\ \)");
}

TEST_CASE("every variable that is missing is said, each once, in order (R-A05)") {
  const template_expansion result =
      expand(compile_template("{{b}} {{a}} {{b}} {{c|there}} {{d}}"), from({{"a", "here"}}));
  CHECK(result.missing == std::vector<std::string>{"b", "d"});
}

TEST_CASE("a template lists its variables (R-A05)") {
  const template_text text = compile_template("{{b|x}} {{a}} {{b}} {{c|y}}");
  CHECK(variables_of(text) == std::vector<template_variable>{{"b", true}, {"a", true}, {"c", false}});
}

TEST_CASE("values are never expanded, and are escaped for where they go (R-A05)") {
  CHECK(expanded("{{a}}", {{"a", "{{b}}"}, {"b", "no"}}) == "{{b}}");
  CHECK(expanded("{{a}}", {{"a", R"(\{{b}})"}}) == R"(\{{b}})");
  const values evil{{"a", "<b>\"Tom\" & 'Ann'</b>\nnext"}};
  CHECK(expanded("<p>{{a}}</p>", evil, text_escape::html) ==
        "<p>&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;\nnext</p>");
  CHECK(expanded(R"("{{a}}")", evil, text_escape::json) == R"("<b>\"Tom\" & 'Ann'</b>\nnext")");
  CHECK(expanded("[{{a}}]", {{"a", "one\r\n\ttwo\xE2\x80\xA8three\xC2\x85é"}}, text_escape::line) ==
        "[one two three é]");
}

TEST_CASE("what is no template is refused, with the place (R-A05)") {
  CHECK(refusal("Dear {{name") == R"(template.malformed {"byte":5,"allowed":"{{name}}; \\{{ for two braces"})");
  CHECK(refusal("{{}}").starts_with("template.malformed {\"byte\":0"));
  CHECK(refusal("{{ |x}}").starts_with("template.malformed"));
  CHECK(refusal("{{a{b}}").starts_with("template.malformed"));
  CHECK(refusal("{{a\nb}}").starts_with("template.malformed"));
  CHECK(refusal("{{" + std::string(limits::name_length_max + 1, 'x') + "}}").starts_with("template.malformed"));
}

TEST_CASE("templates and what they come to have limits (R-A05)") {
  CHECK(refusal(std::string(limits::template_bytes_max + 1, 'x')).starts_with("template.too_large"));
  std::string many;
  for (std::size_t i = 0; i < limits::template_variables_max; ++i) many += "{{x}}";
  CHECK(refusal(many) == "accepted");
  CHECK(refusal(many + "{{x}}").starts_with("template.too_large"));
  const std::string large(limits::expansion_bytes_max / limits::template_variables_max + 1, 'x');
  CHECK_THROWS_AS(expanded(many, {{"x", large}}), const error&);
}

TEST_CASE("any text at all is refused, or comes to the same each time (R-A05)") {
  std::mt19937 random(5);
  constexpr std::string_view letters = "{{}}\\|a ";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto size = random() % 14; size > 0; --size) text += letters[random() % letters.size()];
    template_text compiled;
    try {
      compiled = compile_template(text);
    } catch (const error& e) {
      CHECK(e.reason() == "template.malformed");
      continue;
    }
    const values all{{"a", "{{a}}"}};
    const template_expansion once = expand(compiled, from(all));
    CHECK(once.text == expand(compiled, from(all)).text);
    if (text.find("{{") == std::string::npos) CHECK(once.text == text);
  }
}
