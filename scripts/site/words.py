"""Plain text of headers and schemas as Markdown that shows it unchanged."""
import re

CODE = re.compile(r"`[^`\n]+`|\{\"[^{}\n]*\}|\b(?:\w+\.)*\w*[A-Za-z]_\w+(?:\.\w+)*(?:\(\))?")
SIGNS = re.compile(r"([\\*_<>\[\]|`$])")


def escaped(text):
    """What names something, as `log_incident`, is code; no sign of the rest is markup."""
    made, end = [], 0
    for found in CODE.finditer(text):
        made += [SIGNS.sub(r"\\\1", text[end : found.start()]), f"`{found[0].strip('`')}`"]
        end = found.end()
    return "".join([*made, SIGNS.sub(r"\\\1", text[end:])])
